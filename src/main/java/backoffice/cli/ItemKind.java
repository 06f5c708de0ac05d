package backoffice.cli;

import backoffice.customer.CustomerData;
import backoffice.group.Group;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What moves. */
enum ItemKind {
    GROUP(Group.class),
    CUSTOMER(CustomerData.class);

    private final Set<String> members;

    ItemKind(Class<? extends Record> type) {
        this.members = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The members that an item may have here. */
    Set<String> members() {
        return members;
    }

    /** The member of a line of a file that holds such an item, and the word for it in messages. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
