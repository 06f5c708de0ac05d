package backoffice.http;

import io.netty.handler.codec.DateFormatter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Date;

/** The headers of every answer, but of what Vert.x itself answers (400, 414, 431). Browsers and caches read them. */
final class AnswerHeaders {

    private record Second(long number, String date) {}

    /** A date is formatted once a second, because each answer has one. */
    private static volatile Second last = new Second(0, "");

    private AnswerHeaders() {}

    static void add(HttpServerResponse response) {
        response.putHeader(HttpHeaders.DATE, date())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    private static String date() {
        long number = System.currentTimeMillis() / 1000;
        Second second = last;
        if (second.number != number) {
            second = new Second(number, DateFormatter.format(new Date(number * 1000)));
            last = second;
        }
        return second.date;
    }
}
