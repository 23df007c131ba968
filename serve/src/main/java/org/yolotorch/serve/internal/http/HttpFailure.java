// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.io.Serial;
import org.yolotorch.YoloException;

/** A request that is not answered as asked: an HTTP status and a sentence for the client. */
public final class HttpFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  /**
   * A failure.
   *
   * @param reason a word for metrics
   * @param sentence what was expected, what came, what to do
   */
  public HttpFailure(int status, String reason, String sentence) {
    this(status, reason, sentence, null);
  }

  private HttpFailure(int status, String reason, String sentence, Throwable cause) {
    super(sentence, cause);
    this.status = status;
    this.reason = reason;
  }

  /** A request that is wrong in itself. */
  public static HttpFailure badRequest(String sentence) {
    return new HttpFailure(400, "bad_request", sentence);
  }

  /** What a failure of the library means for a client. */
  public static HttpFailure of(YoloException e) {
    String reason = e.code().name().toLowerCase(java.util.Locale.ROOT);
    int status =
        switch (e.code()) {
          case INVALID_ARGUMENT, INPUT_SIZE, INVALID_IMAGE -> 400;
          case NOT_FOUND -> 404;
          // The next request, or the next server, may succeed.
          case TIMEOUT, OUT_OF_MEMORY, UNHEALTHY, CANCELLED -> 503;
          default -> 500;
        };
    return new HttpFailure(status, reason, e.getMessage(), e);
  }

  /** A defect of the server, of which the client is told nothing more. */
  static HttpFailure defect(Throwable cause) {
    return new HttpFailure(
        500,
        "internal",
        "This should have worked, but a defect of the server stopped it; its log says more.",
        cause);
  }

  public int status() {
    return status;
  }

  /** A word for metrics. */
  public String reason() {
    return reason;
  }
}
