package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names with special characters, and the two languages of the console. */
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
                "__proto__",
                "...",
                "%2E%2E"
            })
    void any_legal_name_is_shown_and_opened_unchanged(String name) {
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
    void the_language_applies_to_console_and_service_and_survives_a_reload() {
        enter().press("中文").awaitHeading("客户组");
        assertEquals("zh-Hans", console.evaluate("document.documentElement.lang"));
        browser.navigate().refresh();
        console.awaitHeading("客户组").press("删除“East”").press("删除");
        console.until(() -> console.text("dialog .error").contains("客户组“East”"));

        console.press("取消").press("English").awaitHeading("Groups");
    }

    @Test
    void a_name_that_would_change_the_path_is_refused_in_both_languages() {
        enter("#/groups/..", "..").awaitText("main .error p", "A name cannot be empty, “.” or “..”.");
        console.press("中文").press("重试").awaitText("main .error p", "名称不能为空，也不能是“.”或“..”。");
        console.press("English").go("#/groups/").awaitText("main .error p", "A name cannot be empty, “.” or “..”.");
        console.go("#/customers/East/.").awaitText("main .error", "A name cannot be empty, “.” or “..”.");
    }

    @Test
    void both_languages_have_the_same_messages() {
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
