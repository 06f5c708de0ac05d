package backoffice.customer;

/** The two ways in which a batch writes customers (docs/api.md, section 5.3). */
enum WriteMode {
    /** {@code POST}: creates a customer, or overwrites all members of one that exists. */
    OVERWRITE,
    /** {@code PATCH}: changes the members sent of a customer that exists. */
    PATCH;

    /** Whether an entry sets or clears the {@code referenceId} of its customer. */
    boolean setsReference(CustomerData entry) {
        return this == OVERWRITE || entry.referenceId() != null;
    }

    /**
     * The customer after the batch.
     *
     * @param before the customer before the batch; null when it does not exist, which only {@link #OVERWRITE} allows
     */
    CustomerData apply(CustomerData entry, CustomerData before, RegDate now) {
        return this == PATCH ? entry.applyTo(before) : entry.complete(before == null ? now : before.regDate());
    }
}
