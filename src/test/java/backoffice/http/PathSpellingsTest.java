package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import backoffice.testsupport.Api;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api.md, section 1.1: each spelling of a path has one meaning. */
@QuarkusTest
class PathSpellingsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            %61%5A%30%2D%2e%5F%7E     | aZ0-._~
            a%2Fb                     | a/b
            a%2fb                     | a/b
            a%3Bb%3Fc%23d%25e%2Bf%20g | a;b?c#d%e+f g
            a%5Cb                     | a\\\\b
            %2541                     | %41
            a+b                       | a+b
            a:@!$&'()*,=b             | a:@!$&'()*,=b
            a;b=c                     | a;b=c
            ;                         | ;
            甲%F0%9F%98%80            | 甲😀
            ...                       | ...
            .a                        | .a
            a%20.                     | a .
            ..;                       | ..;
            a#b                       | a#b
            %41#                      | A#
            #%41                      | #A
            #/../%41                  | A
            %41#?x#y=%                | A#
            x/../a                    | a
            x/%2e%2E/a                | a
            x/.%2e/./%2e/a            | a
            x;y/%2F/../../a           | a
            """)
    void a_segment_of_a_path_is_a_name(String segment, String name) {
        Sql.clean();
        Api.as(Vendors.ACME)
                .post("/customer_groups", "{\"name\":\"" + name + "\"}")
                .statusCode(200);

        assertThat(
                RawHttp.get(Api.BASE_PATH + "/customer_groups/" + segment, Vendors.ACME),
                containsString("\"items\":[{\"name\":\"" + name + "\"}]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /bitanswer/api/customer_groups/%%41         | 1001
            /bitanswer/api/customer_groups/%4g          | 1001
            /bitanswer/api/customer_groups/%-1          | 1001
            /bitanswer/api/customer_groups/%u7532       | 1001
            /bitanswer/api/customer_groups/%80          | 1001
            /bitanswer/api/customer_groups/%C3/%A9      | 1003
            /bitanswer/api/customer_groups/%E0%80%AF    | 1001
            /bitanswer/api/customer_groups/%F4%90%80%80 | 1001
            /bitanswer/api/customer_groups/a/%2e%2e     | 1003
            /bitanswer/api/customer_groups/a/.          | 1003
            /bitanswer/api/.//customer_groups           | 1003
            /bitanswer/api/customer_groups/a/b          | 1003
            /bitanswer/api/customers/a/b/c              | 1003
            /bitanswer/api/customers//a                 | 1003
            /bitanswer/api/customers/a#%                | 1001
            /bitanswer/api/customers#                   | 1003
            /bitanswer/api/customers?offset=0#&limit=1  | 1001
            /bitanswer/api/customers?offset=%30#        | 1001
            """)
    void a_malformed_path_is_1001_and_one_that_does_not_exist_is_1003(String path, int status) {
        assertThat(RawHttp.get(path, Vendors.ACME), containsString("{\"status\":" + status + ","));
    }
}
