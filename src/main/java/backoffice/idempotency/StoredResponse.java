package backoffice.idempotency;

/**
 * The stored response of a change.
 *
 * @param fingerprint the fingerprint of the request, as in {@link IdempotencyKey}
 * @param body the bytes of the envelope
 */
record StoredResponse(byte[] fingerprint, byte[] body) {}
