package backoffice.reference;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every example of the public reference page gets exactly the answer that the page shows. */
@QuarkusTest
public class ReferencePageTest extends ApiTest {

    /** The groups and customers exist before the request. The answers are those of the page, without their status. */
    @ParameterizedTest(name = "{0}: {3} {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        遍历客户组 | group_0 group_1 | | GET | /customer_groups | | "data":{"total":2,"items":[{"name":"group_0"},{"name":"group_1"}]}
        查询客户组 | group_test test | | POST | /customer_groups/data?offset=0&limit=50 | {"querys":[{"name":"name","op":"like","values":["group%"]}],"sorts":[{"name":"name"}]} | "data":{"total":1,"items":[{"name":"group_test"}]}
        创建客户组 | | | POST | /customer_groups | {"name":"test_group"} | "data":{"items":[{"name":"test_group"}]}
        按客户组名查询客户组 | group_test | | GET | /customer_groups/group_test | | "data":{"total":1,"items":[{"name":"group_test"}]}
        按客户组名更新客户组 | group_test | | PATCH | /customer_groups/group_test | {"name":"new_group_name"} | "data":{"items":[{"name":"new_group_name"}]}
        按客户组名更新客户组 | group_test | | POST | /customer_groups/group_test | {"name":"new_group_name"} | "data":{"items":[{"name":"new_group_name"}]}
        按客户组名删除客户组 | group_to_delete | | DELETE | /customer_groups/group_to_delete | | "data":{"items":[{"name":"group_to_delete"}]}
        遍历客户组下的客户 | group_test | group_test | GET | /customer_groups/group_test/customers | | "data":{"total":2,"items":[{"name":"customer_0","groupName":"group_test"},{"name":"customer_1","groupName":"group_test"}]}
        添加客户到客户组 | group_test 客户组名 | 客户组名 | POST | /customer_groups/group_test/customers | [{"name":"customer_0","groupName":"客户组名"},{"name":"customer_1","groupName":"客户组名"}] | "data":{"items":[{"name":"customer_0","groupName":"group_test"},{"name":"customer_1","groupName":"group_test"}]}
        从客户组移除客户 | group_test | group_test | DELETE | /customer_groups/group_test/customers | [{"name":"customer_0","groupName":"group_test"},{"name":"customer_1","groupName":"group_test"}] | "data":{"items":[{"name":"customer_0"},{"name":"customer_1"}]}
        """)
    void the_example_answers_what_the_page_shows(
            String title, String groups, String holder, String method, String path, String body, String answer) {
        createGroups(groups == null ? new String[0] : groups.split(" "));
        if (holder != null) {
            api.post(
                            "/customer_groups/" + Api.segment(holder) + "/customers",
                            "[{\"name\":\"customer_0\"},{\"name\":\"customer_1\"}]")
                    .statusCode(200);
        }

        (body == null ? api.request().request(method, Api.BASE_PATH + path).then() : api.send(method, path, body))
                .statusCode(200)
                .body(is("{\"status\":0," + answer + "}"));
    }
}
