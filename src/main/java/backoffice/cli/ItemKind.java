package backoffice.cli;

import backoffice.customer.CustomerData;
import backoffice.group.Group;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of items that are imported and exported. */
enum ItemKind {
    GROUP(Group.class),
    CUSTOMER(CustomerData.class);

    private final Set<String> members;

    ItemKind(Class<? extends Record> type) {
        this.members = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The members of an item in the API. */
    Set<String> members() {
        return members;
    }

    /** The name of the kind: the only member of its JSON line, whose value is the item. Messages use it too. */
    String singular() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name for several items, in messages. */
    String plural() {
        return singular() + "s";
    }
}
