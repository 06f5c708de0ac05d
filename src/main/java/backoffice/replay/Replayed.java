package backoffice.replay;

/** Takes the place of a call's own answer: the request was done before, and this is what was answered then. */
class Replayed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient byte[] answer;

    Replayed(byte[] answer) {
        super("answered before", null, false, false);
        this.answer = answer;
    }

    /** The body of the answer. */
    byte[] answer() {
        return answer;
    }
}
