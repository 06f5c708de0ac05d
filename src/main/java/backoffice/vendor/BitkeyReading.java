package backoffice.vendor;

import backoffice.persistence.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean retryPlanned = new AtomicBoolean();
    private volatile boolean closed;

    /** @param isUnreadable whether the source, or a part of it that the work reads too, cannot be read */
    BitkeyReading(BitkeySource source, Supplier<Uni<Bitkeys>> work, BooleanSupplier isUnreadable, Vertx vertx) {
        this.source = source;
        this.work = work;
        this.isUnreadable = isUnreadable;
        this.vertx = vertx;
    }

    /** Reads the source, unless a reading runs. Fails when the source cannot be read. */
    Uni<Void> read() {
        return Uni.createFrom()
                .deferred(() -> running.compareAndSet(false, true)
                        ? readOnce()
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> readOnce() {
        long startedAt = System.nanoTime();
        return Uni.createFrom()
                .deferred(work::get)
                .invoke(keys -> source.hold(keys, startedAt))
                .replaceWithVoid()
                .onFailure()
                .invoke(source::report)
                .onTermination()
                .invoke(() -> running.set(false));
    }

    /**
     * Reads as {@link #read}, and never fails. It completes within {@link BitkeySource#MAX_READING}. A reading that
     * takes longer goes on, and is an outage.
     */
    Uni<Void> readInTime() {
        return Database.inTime(vertx, BitkeySource.MAX_READING, this::read)
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
