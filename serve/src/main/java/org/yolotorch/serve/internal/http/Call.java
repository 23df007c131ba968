// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A request whose body has come. Not thread-safe. */
public final class Call {
  private final Map<String, String> names;
  private final Map<String, String> query;
  private final UnaryOperator<String> headers;
  private final byte[] body;
  private final Deadline deadline;

  /**
   * A request.
   *
   * @param names parts of the path by their names in the route
   * @param query values in the address by name
   * @param headers value of a header by its name, or null
   * @param deadline when it must be answered
   */
  public Call(
      Map<String, String> names,
      Map<String, String> query,
      UnaryOperator<String> headers,
      byte[] body,
      Deadline deadline) {
    this.names = names;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.deadline = deadline;
  }

  /** A part of the path, or null. */
  public String name(String part) {
    return names.get(part);
  }

  /** The values in the address by name. */
  public Map<String, String> query() {
    return query;
  }

  /** A header, or null. */
  public String header(String name) {
    return headers.apply(name);
  }

  /** The type of the body without its parameters, in lower case; empty if none is told. */
  public String contentType() {
    String value = headers.apply("Content-Type");
    return value == null ? "" : value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  public byte[] body() {
    return body;
  }

  public Deadline deadline() {
    return deadline;
  }
}
