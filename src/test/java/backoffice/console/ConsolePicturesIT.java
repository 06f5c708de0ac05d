package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.interactions.Actions;

/**
 * The pictures of the docs, taken while they are checked. They go to {@code target/pictures}, or to the folder of the
 * property {@code console.pictures}, such as {@code docs}.
 */
@QuarkusIntegrationTest
class ConsolePicturesIT extends WithSpreadsheets {

    private static final Path FOLDER = Path.of(System.getProperty("console.pictures", "target/pictures"));

    @Test
    void the_docs_show_customers_that_are_selected_to_be_moved_in_both_languages() throws IOException {
        Sql.demoData();
        enterCustomers().choose("Field", "Registered").choose("Operator", "≥ is at or after");
        console.fill("Value 1", "2026-01-01").submit();
        console.awaitRange("1–13 of 13").tick("customer_0").tick("上海星辰软件有限公司").tick("杭州云帆科技");
        console.awaitSelection("3 customers selected");
        take("console.png");

        console.press("中文").awaitHeading("客户").awaitSelection("已选 3 个客户");
        assertEquals("≥ 不早于", console.text("select[aria-label=操作符] option:checked"));
        take("console.zh.png");
    }

    @Test
    void the_docs_show_the_columns_of_a_file_in_both_languages() throws IOException {
        Sql.demoData();
        String file = """
                2026 年新客户,,,,
                客户名称,所属客户组,手机号,单位性质,注册日期
                上海星辰软件有限公司,group_0,13800000001,民营,2026/1/5
                杭州云帆科技,group_1,13800000002,外资,2026/1/6
                苏州明月电子 ,group_1,13800000003,民营,2026/1/7
                """;
        for (boolean english : new boolean[] {true, false}) {
            enter("#/customers", english ? "Customers" : "客户").press(english ? "Import" : "导入");
            choose(english ? FILE : "Excel 或 CSV 文件", "customers.csv", file.getBytes(StandardCharsets.UTF_8));
            console.awaitText("dialog summary", english ? "Columns: 4 of 5 matched" : "列：已对应 4 / 5");
            take(english ? "console-import.png" : "console-import.zh.png");
            console.press(english ? "Cancel" : "取消").press(english ? "中文" : "English");
        }
    }

    @Test
    void the_docs_show_the_search_box_and_the_undo_of_a_deletion_in_both_languages() throws IOException {
        Sql.demoData();
        for (boolean english : new boolean[] {true, false}) {
            enter("#/customers", english ? "Customers" : "客户");
            console.fill(english ? "Find customers and groups" : "查找客户和客户组", "华东");
            console.awaitRange(english ? "1–3 of 3" : "第 1–3 条，共 3 条");
            take(english ? "console-find.png" : "console-find.zh.png");
            console.check(english ? "Select “上海星辰软件有限公司”" : "选择“上海星辰软件有限公司”")
                    .press(english ? "Delete…" : "删除…")
                    .press(english ? "Delete" : "删除");
            console.awaitNotice(english ? "“上海星辰软件有限公司” was deleted." : "已删除“上海星辰软件有限公司”。");
            take(english ? "console-undo.png" : "console-undo.zh.png");
            console.press(english ? "Undo" : "撤销").awaitNotice(english ? "1 change was undone." : "已撤销 1 条变更。");
            console.press(english ? "中文" : "English");
        }
    }

    /** Neither the focus nor the mouse is in the picture. */
    private static void take(String name) throws IOException {
        browser.executeScript("document.activeElement.blur(); scrollTo(0, 0)");
        new Actions(browser).moveToLocation(1, 1).perform();
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(name), browser.getScreenshotAs(OutputType.BYTES));
    }
}
