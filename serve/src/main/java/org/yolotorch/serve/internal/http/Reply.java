// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param type its Content-Type; null where it has no body
 * @param headers further headers
 */
public record Reply(int status, String type, byte[] body, Map<String, String> headers) {
  private static final String JSON = "application/json";

  /** An answer of status 200. */
  public static Reply ok(String type, byte[] body) {
    return new Reply(200, type, body, Map.of());
  }

  /** A JSON text with status 200. */
  public static Reply json(String text) {
    return json(200, text);
  }

  /** A JSON text. */
  public static Reply json(int status, String text) {
    return new Reply(status, JSON, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** A JSON text in UTF-8 with status 200. */
  public static Reply json(byte[] text) {
    return ok(JSON, text);
  }

  /** The same with one more header. */
  public Reply with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Reply(status, type, body, Map.copyOf(more));
  }
}
