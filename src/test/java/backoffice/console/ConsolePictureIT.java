package backoffice.console;

import backoffice.testsupport.Api;
import backoffice.testsupport.Chromium;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/** Takes the screenshot of docs/calls.md. It runs only with {@code -Dconsole.picture=docs/console.png}. */
@Tag("slow")
@QuarkusIntegrationTest
@EnabledIfSystemProperty(
        named = ConsolePictureIT.FILE,
        matches = ".+",
        disabledReason = "-Dconsole.picture names no file")
class ConsolePictureIT {

    static final String FILE = "console.picture";

    private static final String CUSTOMERS = """
            [{"name":"上海星辰软件有限公司","groupName":"华东区","regDate":"2026-03-02 09:30:00","city":"上海","contact":"王芳","referenceId":"CRM-2071"},
             {"name":"杭州云帆科技","groupName":"华东区","regDate":"2026-02-18 14:05:00","city":"杭州","contact":"李雷","referenceId":"CRM-2064"},
             {"name":"苏州精密仪器厂","regDate":"2026-02-11 10:20:00","city":"苏州","contact":"陈静"},
             {"name":"Kestrel Instruments Ltd","groupName":"Resellers Europe","regDate":"2026-01-29 16:45:00","city":"Leeds","contact":"Ann Hughes","referenceId":"CRM-2058"},
             {"name":"Nordlicht Optik GmbH","groupName":"Resellers Europe","regDate":"2026-01-22 08:15:00","city":"Kiel","contact":"Jens Petersen"},
             {"name":"Atelier Numérique","groupName":"Trial","regDate":"2026-01-15 11:00:00","city":"Lyon","contact":"Claire Morel"},
             {"name":"清河大学图书馆","groupName":"教育/科研","regDate":"2026-01-08 09:00:00","city":"北京","contact":"韩梅梅","referenceId":"CRM-2040"}]
            """;

    @Test
    void the_picture_shows_customers_that_are_selected_for_a_move() throws IOException {
        Sql.clean();
        Api api = Api.as(Vendors.ACME);
        for (String group : new String[] {"华东区", "Resellers Europe", "Trial", "教育/科研"}) {
            api.post("/customer_groups", "{\"name\":\"" + group + "\"}").statusCode(200);
        }
        api.post("/customers", CUSTOMERS).statusCode(200);
        ChromeDriver browser = Chromium.start();
        try {
            Console console = new Console(browser).clearStorage();
            console.emulate(false, 1200);
            console.enter(Vendors.ACME, "#/customers").awaitHeading("Customers");
            console.choose("Field", "Registered")
                    .choose("Operator", "≥ is at or after")
                    .fill("Value 1", "2026-01-01");
            console.press("Search").awaitText(".range", "1–7 of 7");
            console.tick("Atelier Numérique").tick("上海星辰软件有限公司").tick("杭州云帆科技");
            console.awaitText(".toolbar p", "3 customers selected");
            Files.write(Path.of(System.getProperty(FILE)), browser.getScreenshotAs(OutputType.BYTES));
        } finally {
            browser.quit();
            Sql.clean();
        }
    }
}
