package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a name holds, and in whichever language. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleNamesIT extends InBrowser {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "'\"%/\\",
                "${7*7}{{7*7}}",
                "?#&;=+ %2F",
                "👩‍👩‍👧 ﷽ 𝔘",
                "مجموعة",
                " two  spaces ",
                "__proto__"
            })
    void a_name_may_hold_anything_and_is_shown_and_opened_as_it_is(String name) {
        group(name, name);
        enter().until(() -> console.rows().contains(name.strip()));
        assertEquals(
                name,
                console.evaluate(
                        "[...document.querySelectorAll('tbody bdi')]"
                                + ".map(e => e.textContent).find(t => t === arguments[0])",
                        name));

        console.evaluate(
                "[...document.querySelectorAll('tbody a')].find(a => a.textContent === arguments[0]).click()", name);
        console.awaitEquals(name, () -> console.evaluate("document.querySelector('h1').textContent"));
        console.until(() -> console.rows().size() == 1);
        console.evaluate("document.querySelector('tbody a').click()");
        console.until(() -> console.field("Registered").getDomProperty("value").startsWith("20"));
        assertEquals(name, console.evaluate("document.querySelector('h1').textContent"));
    }

    @Test
    void it_speaks_chinese_the_service_too_and_remembers_it() {
        enter().press("中文").awaitHeading("客户组");
        assertEquals("zh-Hans", console.evaluate("document.documentElement.lang"));
        browser.navigate().refresh();
        console.awaitHeading("客户组").press("删除“East”").press("删除");
        console.until(() -> console.text("dialog .error").contains("客户组“East”"));

        console.press("取消").press("English").awaitHeading("Groups");
    }

    @Test
    void both_languages_say_all() {
        enter();
        Object missing = browser.executeAsyncScript("""
                const done = arguments[0];
                const keys = o => Object.entries(o).flatMap(([k, v]) => typeof v === 'object' ? keys(v).map(x => k + '.' + x) : [k + ':' + typeof v]);
                Promise.all([import('./messages.en.js'), import('./messages.zh.js')]).then(([{en}, {zh}]) =>
                    done(JSON.stringify([keys(en).filter(k => !keys(zh).includes(k)), keys(zh).filter(k => !keys(en).includes(k))])));
                """);
        assertEquals("[[],[]]", missing);
    }
}
