package backoffice.cli;

import java.net.URI;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Reads the body of an answer into memory. One of over {@link #MAX_BYTES} is not read further, and ends the command. */
final class BoundedBody implements BodySubscriber<byte[]> {

    /** A page of 1000 customers with the longest texts has 28 MB. */
    static final int MAX_BYTES = 32 << 20;

    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private final URI source;
    private Subscription subscription;
    private long bytes;

    BoundedBody(URI source) {
        this.source = source;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Subscription answer) {
        subscription = answer;
        body.onSubscribe(answer);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
        bytes += part.stream().mapToInt(ByteBuffer::remaining).sum();
        if (bytes <= MAX_BYTES) {
            body.onNext(part);
        } else {
            subscription.cancel();
            onError(new CommandException("%s answers with over %d MiB.".formatted(source, MAX_BYTES >> 20)));
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.onError(failure);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
