package backoffice.vendor;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The repeated reading of a {@link BitkeySource}. One reading runs at a time, so a source that hangs does not collect
 * statements and threads. While the source cannot be read, it is read again without a call too.
 */
final class BitkeyReading {

    private static final Duration BETWEEN_RETRIES = Duration.ofSeconds(2);

    private final BitkeySource source;
    private final Supplier<Uni<Bitkeys>> work;
    private final BooleanSupplier isUnreadable;
    private final Vertx vertx;
    private final AtomicReference<Uni<Void>> running = new AtomicReference<>();
    private final AtomicBoolean retryPlanned = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * Creates the readings of a source.
     *
     * @param work reads the keys of the source
     * @param isUnreadable whether the source, or a part of it that the work reads too, cannot be read
     */
    BitkeyReading(BitkeySource source, Supplier<Uni<Bitkeys>> work, BooleanSupplier isUnreadable, Vertx vertx) {
        this.source = source;
        this.work = work;
        this.isUnreadable = isUnreadable;
        this.vertx = vertx;
    }

    /** Reads the source, or joins the reading that runs. Fails when the source cannot be read. */
    Uni<Void> read() {
        Uni<Void> mine = Uni.createFrom()
                .deferred(this::readOnce)
                .onTermination()
                .invoke(() -> running.set(null))
                .memoize()
                .indefinitely();
        return running.compareAndSet(null, mine)
                ? mine
                : Objects.requireNonNullElse(running.get(), Uni.createFrom().voidItem());
    }

    private Uni<Void> readOnce() {
        long startedAt = System.nanoTime();
        return work.get()
                .invoke(keys -> source.hold(keys, startedAt))
                .replaceWithVoid()
                .onFailure()
                .invoke(source::report);
    }

    /**
     * Reads as {@link #read}, and never fails. It completes within {@link BitkeySource#MAX_READING}. A reading that
     * takes longer goes on, and is an outage.
     */
    Uni<Void> readInTime() {
        return Uni.createFrom()
                .deferred(this::read)
                .ifNoItem()
                .after(BitkeySource.MAX_READING)
                .failWith(() ->
                        new TimeoutException("no answer within %d s".formatted(BitkeySource.MAX_READING.toSeconds())))
                .onFailure()
                .invoke(source::report)
                .onFailure()
                .recoverWithNull()
                .onTermination()
                .invoke(this::retryWhileUnreadable);
    }

    private void retryWhileUnreadable() {
        if (isUnreadable.getAsBoolean() && !closed && retryPlanned.compareAndSet(false, true)) {
            vertx.setTimer(BETWEEN_RETRIES.toMillis(), id -> {
                retryPlanned.set(false);
                readInTime().subscribe().with(done -> {});
            });
        }
    }

    /** Ends the readings without a call. */
    void close() {
        closed = true;
    }
}
