package backoffice.value;

/** {@code null}, {@code ""} and an absent member all mean "without a group", which is null (docs/api.md, section 3.2). */
public class OptionalNameDeserializer extends OptionalStringDeserializer<Name> {

    /** Jackson calls this constructor. */
    public OptionalNameDeserializer() {
        super(null, Name::new);
    }
}
