package backoffice.customer;

/** The two ways in which a batch writes customers (docs/api.md, section 5.3). */
enum WriteMode {
    /** {@code POST}: creates a customer, or overwrites all members of one that exists. */
    OVERWRITE {
        @Override
        boolean setsReference(CustomerData entry) {
            return true;
        }

        @Override
        CustomerData apply(CustomerData entry, CustomerData before, RegDate now) {
            return entry.complete(before == null ? now : before.regDate());
        }
    },
    /** {@code PATCH}: changes the members sent of a customer that exists. */
    PATCH {
        @Override
        boolean setsReference(CustomerData entry) {
            return entry.referenceId() != null;
        }

        @Override
        CustomerData apply(CustomerData entry, CustomerData before, RegDate now) {
            return entry.applyTo(before);
        }
    };

    /** Whether an entry sets or clears the {@code referenceId} of its customer. */
    abstract boolean setsReference(CustomerData entry);

    /**
     * The customer after the batch.
     *
     * @param before the customer before the batch; null when it does not exist, which only {@link #OVERWRITE} allows
     * @param now the {@code regDate} of a new customer that is sent without one
     */
    abstract CustomerData apply(CustomerData entry, CustomerData before, RegDate now);
}
