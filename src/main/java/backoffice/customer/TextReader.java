package backoffice.customer;

import backoffice.value.OptionalReader;

/** Reads a {@link Text} of the usual length. */
class TextReader extends OptionalReader<Text> {

    private static final long serialVersionUID = 1L;

    TextReader() {
        this(Text.MAX_CODE_POINTS);
    }

    private TextReader(int maxCodePoints) {
        super(Text.class, Text.NONE, value -> Text.of(value, maxCodePoints));
    }

    /** Reads a description. */
    static class Description extends TextReader {

        static final int MAX_CODE_POINTS = 2000;
        private static final long serialVersionUID = 1L;

        Description() {
            super(MAX_CODE_POINTS);
        }
    }
}
