package backoffice.value;

/**
 * The Jackson deserializer of a group name for which {@code null}, {@code ""} and an absent member all mean "without a
 * group" (docs/api.md, section 3.2). The result is then null. A name that is not legal is 1001.
 */
public class OptionalNameDeserializer extends OptionalStringDeserializer<Name> {

    private static final long serialVersionUID = 1L;

    /** Jackson calls this constructor. */
    public OptionalNameDeserializer() {
        super(Name.class, null, Name::new);
    }
}
