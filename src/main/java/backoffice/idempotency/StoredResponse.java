package backoffice.idempotency;

/**
 * The response that a change was answered with.
 *
 * @param fingerprint the fingerprint of the request, as in {@link IdempotencyKey}
 * @param body the bytes of the envelope
 */
record StoredResponse(byte[] fingerprint, byte[] body) {}
