package backoffice.release;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The Maven that builds a release is the one that this repository names, byte for byte. */
class MavenWrapperTest {

    private static final Path PROPERTIES = Path.of(".mvn", "wrapper", "maven-wrapper.properties");

    @Test
    void mvnw_compares_the_maven_that_it_downloads_with_a_checksum() throws IOException {
        Properties wrapper = new Properties();
        try (var reader = Files.newBufferedReader(PROPERTIES)) {
            wrapper.load(reader);
        }

        assertThat(wrapper.getProperty("distributionUrl"), startsWith("https://repo.maven.apache.org/maven2/"));
        // mvnw unpacks this file with unzip or with the JDK.
        assertThat(wrapper.getProperty("distributionUrl"), endsWith("-bin.zip"));
        assertThat(wrapper.getProperty("distributionSha256Sum", ""), matchesPattern("[0-9a-f]{64}"));
        assertThat(Files.readString(Path.of("mvnw")), not(containsString(".tar.gz\"")));
        // mvnw can compare the checksum of Maven alone.
        assertEquals("only-script", wrapper.getProperty("distributionType"));
    }
}
