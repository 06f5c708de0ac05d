package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The import of files that spreadsheet programs have written: {@code src/test/resources/spreadsheets/make} makes them. */
@QuarkusIntegrationTest
class ConsoleSpreadsheetProgramsIT extends WithSpreadsheets {

    private static final Path FILES = Path.of("src/test/resources/spreadsheets");

    private static final String SAVE_AGAIN =
            "import openpyxl; book = openpyxl.load_workbook('%1$s'); book.save('%1$s')";

    @BeforeEach
    void the_view_of_all_customers() {
        enterCustomers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openpyxl.xlsx", "calc.xlsx"})
    void a_file_of_each_program_keeps_every_character_and_the_texts_that_its_cells_show(String file) throws Exception {
        checkFile(file)
                .awaitDialog("Import 2 customers")
                .press("Import 2 customers")
                .awaitNotice("2 customers imported.");

        assertStored(
                "/customers/East/𠮷野家",
                "'city':'😀 & <b>','mobileNumber':'138-0000-0001','postcode':'000001','regDate':'2026-01-05 08:30:17',"
                        + "'contact':'+86'");
        // The group above is merged with the cell below it.
        assertStored(
                "/customers/East/Gauss",
                "'city':'München','mobileNumber':'13800000001','postcode':'10115','regDate':'2026-01-06 00:00:00'");
    }

    @Test
    void a_cell_with_an_error_or_a_formula_without_a_value_refuses_its_line_and_erases_nothing() throws Exception {
        change("Ada Ltd", "'mobileNumber':'139','city':'Paris'");
        checkFile("faults.xlsx").awaitDialog("Import 1 customer");

        assertTexts(
                "dialog details:first-of-type .changes > li",
                "Line 2: “Ada Ltd” Mobile number: The cell has the error #N/A.",
                "Line 3: “Babbage & Co” City: The cell has a formula without a value. Open the file in a spreadsheet"
                        + " program, and save it there.");
        console.press("Import 1 customer").awaitDialog("1 customer imported.");
        assertStored(ADA, "'mobileNumber':'139','city':'Paris'");
    }

    @Test
    void a_file_of_another_form_is_called_by_its_name() throws Exception {
        checkFile("calc.ods")
                .awaitRefusal(
                        "This is an OpenDocument spreadsheet (.ods). Save it there as an Excel workbook (.xlsx).");
    }

    @Test
    @Tag("slow")
    void an_export_that_openpyxl_has_saved_again_changes_nothing() throws Exception {
        Path python = Programs.required(
                "REQUIRE_SHELL",
                Optional.of(Path.of("/usr/bin/python3"))
                        .filter(path -> Files.exists(Path.of("/usr/lib/python3/dist-packages/openpyxl"))),
                "python3-openpyxl");
        api.post(
                        "/customers",
                        "[{\"name\":\"𠮷野家\",\"city\":\" 😀<&>\\\" \",\"address\":\"one\\r\\ntwo\\u0001\",\"contact\":\"\\u0002\","
                                + "\"officeNumber\":\"+86\",\"mobileNumber\":\"'+86\",\"postcode\":\"000001\"}]")
                .statusCode(200);
        console.press("Export").press("Export").awaitNotice("6 customers exported.");
        Path file = Files.write(folder.resolve("again.xlsx"), downloadedBytes("customers.xlsx"));

        Bash.output("%s -c \"%s\"".formatted(python, SAVE_AGAIN.formatted(file)));

        check("again.xlsx", Files.readAllBytes(file)).awaitDialog("Nothing differs from what is stored.");
        assertTexts("dialog summary", "6 unchanged");
    }

    @Test
    void the_preview_shows_the_values_of_new_customers_and_how_many_values_become_empty() {
        change("Ada Ltd", "'city':'London','contact':'Byron'");

        check("Name,Group,City,Contact\nAda Ltd,East,,\nGauss,,Göttingen,\n").awaitDialog("Import 2 customers");

        assertEquals("2 values become empty.", console.text("dialog .warning"));
        assertTexts("dialog .names li", "City “London” → none", "Contact “Byron” → none", "City none → “Göttingen”");
    }

    private Console checkFile(String file) throws IOException {
        return check(file, Files.readAllBytes(FILES.resolve(file)));
    }
}
