package backoffice.replay;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers a request that is sent again with the bytes that it was answered with. */
class ReplayedMapper {

    @ServerExceptionMapper
    Response replay(Replayed replayed) {
        return Response.ok(replayed.answer(), MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))
                .header("x-bit-req-replayed", "true")
                .build();
    }
}
