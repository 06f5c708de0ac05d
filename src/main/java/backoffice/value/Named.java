package backoffice.value;

/** An object in the body of a request whose member {@code name} is required. */
public interface Named {

    /** The member {@code name}; null only until the reader of bodies has checked it. */
    Name name();
}
