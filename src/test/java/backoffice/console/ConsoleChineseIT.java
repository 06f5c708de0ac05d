package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.history.HistoryOn;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Chinese texts of the console that a translation word by word would get wrong. */
@Tag("slow")
@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
class ConsoleChineseIT extends InBrowser {

    @BeforeEach
    void the_console_is_in_chinese() {
        enter("#/customers/East/Ada%20Ltd", "Ada Ltd").press("中文").until(() -> console.field("城市"));
    }

    @Test
    void a_form_says_that_nothing_is_to_be_saved_and_who_has_a_reference() {
        api.patch("/customers", "[{\"name\":\"Euler AG\",\"groupName\":\"West\",\"referenceId\":\"R1\"}]")
                .statusCode(200);

        console.press("保存").awaitNotice("没有需要保存的修改。");
        console.fill("外部编号", "R1");
        console.press("保存").awaitText(".refusal .error", "外部编号“R1”已被客户“Euler AG”使用。");
        console.fill("外部编号", "");
    }

    @Test
    void a_search_adds_conditions_values_and_sorts_by_verbs() {
        console.go("#/customers").awaitHeading("客户");

        console.press("+ 添加条件").press("+ 添加“或”值").press("+ 添加排序").choose("操作符", "不符合通配符");
        console.choose("操作符", "符合通配符");
    }

    @Test
    void changes_are_named_by_verb_and_object_and_are_undone() {
        api.delete("/customers/East/Ada%20Ltd").statusCode(200);
        console.press("筛选并撤销这些变更").awaitHeading("变更");
        assertEquals("操作人或关联 ID", texts("[for=who]").get(0));
        assertEquals(
                List.of("全部", "创建客户组", "重命名客户组"),
                console.evaluate("[...document.querySelectorAll('#type option')].slice(0, 3).map(o => o.text)"));

        console.press("撤销：“Ada Ltd”").awaitText("dialog h2", "撤销：“Ada Ltd”");
        console.press("撤销").awaitNotice("已撤销 1 条变更。");
        console.awaitEquals("创建了客户组“East”中的客户“Ada Ltd”。", () -> sentences().get(0));
        console.evaluate("document.querySelectorAll('.changes > li')[1].querySelector('button').click()");
        console.awaitNotice("当前状态与变更前一致，无需撤销。");
    }
}
