package backoffice.cli;

/** Where groups and customers come from. */
interface ImportSource {

    /**
     * Hands over all that there is, in batches of 1000 at the most: groups ahead of the customers in them, as far as the
     * source allows.
     *
     * @throws SourceException when the source cannot be read to its end
     */
    void read(ImportSink sink);
}
