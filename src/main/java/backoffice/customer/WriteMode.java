package backoffice.customer;

/** How a batch writes customers (contract, section 5). */
enum WriteMode {
    /** Creates a customer, or overwrites all that it is. */
    OVERWRITE {
        @Override
        boolean setsReference(CustomerData entry) {
            return true;
        }

        @Override
        CustomerData apply(CustomerData entry, CustomerData before, RegDate now) {
            return entry.whole(before == null ? now : before.regDate());
        }
    },
    /** Changes what was sent of a customer that is there. */
    CHANGE {
        @Override
        boolean setsReference(CustomerData entry) {
            return entry.referenceId() != null;
        }

        @Override
        CustomerData apply(CustomerData entry, CustomerData before, RegDate now) {
            return entry.over(before);
        }
    };

    /** Whether an entry says which referenceId its customer has, or that it has none. */
    abstract boolean setsReference(CustomerData entry);

    /**
     * What an entry makes of a customer.
     *
     * @param before null when there is none
     * @param now when it was registered if nobody says so
     */
    abstract CustomerData apply(CustomerData entry, CustomerData before, RegDate now);
}
