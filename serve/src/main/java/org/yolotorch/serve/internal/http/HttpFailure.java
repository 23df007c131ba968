// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.io.Serial;
import java.util.Collection;
import java.util.Locale;
import org.yolotorch.YoloException;

/** A request that is not answered as asked: an HTTP status and a sentence for the client. */
public final class HttpFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  /** Methods that the path knows, for status 405; else null. */
  private final String allowed;

  /**
   * A failure.
   *
   * @param reason a word for metrics
   * @param sentence what was expected, what came, what to do
   */
  public HttpFailure(int status, String reason, String sentence) {
    this(status, reason, sentence, null, null);
  }

  private HttpFailure(int status, String reason, String sentence, String allowed, Throwable cause) {
    super(sentence, cause);
    this.status = status;
    this.reason = reason;
    this.allowed = allowed;
  }

  /** A method that the path does not know, beside those that it knows. */
  static HttpFailure wrongMethod(Collection<String> known, String method) {
    return new HttpFailure(
        405,
        "method",
        String.join(" or ", known) + " was expected for this path, but '" + method + "' came.",
        String.join(", ", known),
        null);
  }

  /** A request that is wrong in itself. */
  public static HttpFailure badRequest(String sentence) {
    return new HttpFailure(400, "bad_request", sentence);
  }

  /** What a failure of the library means for a client. */
  public static HttpFailure of(YoloException e) {
    String reason = e.code().name().toLowerCase(Locale.ROOT);
    int status =
        switch (e.code()) {
          case INVALID_ARGUMENT, INPUT_SIZE, INVALID_IMAGE -> 400;
          case NOT_FOUND -> 404;
          // The next request, or the next server, may succeed.
          case TIMEOUT, OUT_OF_MEMORY, UNHEALTHY, CANCELLED -> 503;
          default -> 500;
        };
    return new HttpFailure(status, reason, e.getMessage(), null, e);
  }

  /** A defect of the server, of which the client is told nothing more. */
  static HttpFailure defect(Throwable cause) {
    return new HttpFailure(
        500,
        "internal",
        "This should have worked, but a defect of the server stopped it; its log says more.",
        null,
        cause);
  }

  /** Methods that the path knows, for status 405; else null. */
  String allowed() {
    return allowed;
  }

  public int status() {
    return status;
  }

  /** A word for metrics. */
  public String reason() {
    return reason;
  }
}
