package backoffice.replica;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDateTime;

/** The entities of the core once more, because Panache does not support entities in two persistence units. */
final class ReplicaEntities {

    private ReplicaEntities() {}

    @Entity(name = "CustomerGroup")
    @Table(name = "customer_group")
    static class Group {

        @Id
        Long id;

        String vendor;
        String name;
    }

    @Entity(name = "Customer")
    @Table(name = "customer")
    static class Customer {

        @Id
        Long id;

        String vendor;
        String name;
        Long groupId;
        String description;
        LocalDateTime regDate;
        String officeNumber;
        String mobileNumber;
        String email;
        String address;
        String city;
        String country;
        String postcode;
        String contact;
        String referenceId;
    }

    @Entity(name = "RowCount")
    @Table(name = "row_count")
    static class RowCount {

        @Id
        Integer slot;

        String vendor;
        String list;
        Long groupId;
        Long rows;
        Long version;
    }
}
