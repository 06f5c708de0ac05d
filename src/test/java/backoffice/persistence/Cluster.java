package backoffice.persistence;

/** What the service thinks of its database. */
public final class Cluster {

    private Cluster() {}

    /** @param isCluster whether it takes the database for a Citus cluster; null to let it ask */
    public static void pretend(Citus citus, Boolean isCluster) {
        citus.isCluster = isCluster;
    }
}
