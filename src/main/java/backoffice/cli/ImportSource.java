package backoffice.cli;

/** A source of groups and customers: another server or a file. */
interface ImportSource {

    /**
     * Reads all groups and customers in batches of up to {@link ImportSink#MAX_BATCH_SIZE}. Groups come before their
     * customers, as far as the source allows.
     *
     * @throws SourceException when the source is not readable to its end
     */
    void read(ImportSink sink);
}
