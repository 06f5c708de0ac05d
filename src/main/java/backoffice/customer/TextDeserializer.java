package backoffice.customer;

import backoffice.value.OptionalStringDeserializer;

/** The Jackson deserializer of a {@link Text} of up to 255 code points. A longer text is 1001. */
class TextDeserializer extends OptionalStringDeserializer<Text> {

    private static final long serialVersionUID = 1L;

    TextDeserializer() {
        this(Text.MAX_CODE_POINTS);
    }

    private TextDeserializer(int maxCodePoints) {
        super(Text.class, Text.NONE, value -> Text.of(value, maxCodePoints));
    }

    /** The deserializer of a description, which has up to 2000 code points. */
    static class Description extends TextDeserializer {

        static final int MAX_CODE_POINTS = 2000;
        private static final long serialVersionUID = 1L;

        Description() {
            super(MAX_CODE_POINTS);
        }
    }
}
