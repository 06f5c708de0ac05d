package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.interactions.Actions;

/**
 * The pictures of the docs, taken while they are checked. They go to {@code target/pictures}, or to the folder of the
 * property {@code console.pictures}, such as {@code docs}.
 */
@Tag("slow")
@QuarkusIntegrationTest
class ConsolePicturesIT extends InBrowser {

    private static final String CUSTOMERS = """
            [{"name":"Atelier Numérique","groupName":"Trial","regDate":"2026-01-15 11:00:00","city":"Lyon","contact":"Claire Morel"},
             {"name":"Kestrel Instruments Ltd","groupName":"Resellers Europe","regDate":"2026-01-29 16:45:00","city":"Leeds","contact":"Ann Hughes","referenceId":"CRM-2058"},
             {"name":"Nordlicht Optik GmbH","groupName":"Resellers Europe","regDate":"2026-01-22 08:15:00","city":"Kiel","contact":"Jens Petersen"},
             {"name":"上海星辰软件有限公司","groupName":"华东区","regDate":"2026-03-02 09:30:00","city":"上海","contact":"王芳","referenceId":"CRM-2071"},
             {"name":"杭州云帆科技","groupName":"华东区","regDate":"2026-02-18 14:05:00","city":"杭州","contact":"李雷","referenceId":"CRM-2064"},
             {"name":"清河大学图书馆","groupName":"教育/科研","regDate":"2026-01-08 09:00:00","city":"北京","contact":"韩梅梅","referenceId":"CRM-2040"},
             {"name":"深圳海湾测控","regDate":"2026-01-05 10:20:00","city":"深圳"}]""";

    private static final Path FOLDER = Path.of(System.getProperty("console.pictures", "target/pictures"));

    @Test
    void the_docs_show_customers_that_are_selected_to_be_moved_in_both_languages() throws IOException {
        Sql.clean();
        for (String group : List.of("Trial", "Resellers Europe", "华东区", "教育/科研")) {
            group(group);
        }
        api.post("/customers", CUSTOMERS).statusCode(200);
        enter("#/customers", "Customers").choose("Field", "Registered").choose("Operator", "≥ is at or after");
        console.fill("Value 1", "2026-01-01").submit();
        console.awaitText(".range", "1–7 of 7")
                .tick("Atelier Numérique")
                .tick("上海星辰软件有限公司")
                .tick("杭州云帆科技");
        console.awaitText(".toolbar p", "3 customers selected");
        take("console.png");

        console.press("中文").awaitHeading("客户").awaitText(".toolbar p", "已选 3 个客户");
        assertEquals("≥ 不早于", console.text("select[aria-label=操作符] option:checked"));
        take("console.zh.png");
    }

    /** Neither the focus nor the mouse is in the picture. */
    private static void take(String name) throws IOException {
        browser.executeScript("document.activeElement.blur()");
        new Actions(browser).moveToLocation(1, 1).perform();
        Files.createDirectories(FOLDER);
        byte[] picture = browser.getScreenshotAs(OutputType.BYTES);
        Files.write(FOLDER.resolve(name), picture);
        assertEquals(List.of((byte) 0x89, (byte) 'P'), List.of(picture[0], picture[1]));
    }
}
