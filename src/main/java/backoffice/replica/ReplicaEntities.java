package backoffice.replica;

import jakarta.persistence.Column;
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

        @Column(columnDefinition = "text")
        String vendor;

        @Column(columnDefinition = "text")
        String name;
    }

    @Entity(name = "Customer")
    @Table(name = "customer")
    static class Customer {

        @Id
        Long id;

        @Column(columnDefinition = "text")
        String vendor;

        @Column(columnDefinition = "text")
        String name;

        Long groupId;

        @Column(columnDefinition = "text")
        String description;

        LocalDateTime regDate;

        @Column(columnDefinition = "text")
        String officeNumber;

        @Column(columnDefinition = "text")
        String mobileNumber;

        @Column(columnDefinition = "text")
        String email;

        @Column(columnDefinition = "text")
        String address;

        @Column(columnDefinition = "text")
        String city;

        @Column(columnDefinition = "text")
        String country;

        @Column(columnDefinition = "text")
        String postcode;

        @Column(columnDefinition = "text")
        String contact;

        @Column(columnDefinition = "text")
        String referenceId;
    }

    @Entity(name = "RowCount")
    @Table(name = "row_count")
    static class RowCount {

        @Id
        Integer slot;

        @Column(columnDefinition = "text")
        String vendor;

        @Column(columnDefinition = "text")
        String list;

        Long groupId;

        Long rows;

        Long version;
    }
}
