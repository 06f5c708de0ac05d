package backoffice.value;

/** Reads the name of a group where {@code null}, {@code ""} and absence all mean "without a group" (contract, section 3). */
public class OptionalName extends OptionalReader<Name> {

    private static final long serialVersionUID = 1L;

    public OptionalName() {
        super(Name.class, null, Name::new);
    }
}
