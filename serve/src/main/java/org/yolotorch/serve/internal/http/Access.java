// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Who may call the server. Thread-safe. */
public final class Access {
  private static final String SCHEME = "Bearer ";

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  private final byte[] token;
  private final Set<String> hosts;

  /**
   * Lets those in who send this token.
   *
   * @param token the token, or null to let everybody in
   * @param host where the server listens; a server of this machine alone that has no token is
   *     called by the names of this machine, which a page of another server cannot have
   */
  public Access(String token, String host) {
    this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    this.hosts = token == null && LOOPBACK.contains(host) ? LOOPBACK : Set.of();
  }

  /** Throws unless the request may be answered. */
  void check(Route route, Request request) {
    checkHost(request);
    checkOrigin(route, request);
    if (token == null || route.kind() == Route.Kind.OPEN) {
      return;
    }
    String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    boolean bearer = given != null && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    byte[] sent =
        bearer
            ? given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    // In the same time wherever the two differ.
    if (!MessageDigest.isEqual(token, sent)) {
      throw new HttpFailure(
          401,
          "unauthorized",
          "The server's token was expected, but "
              + (given == null ? "none" : "another one")
              + " came; send it as 'Authorization: Bearer TOKEN'.");
    }
  }

  private void checkHost(Request request) {
    String host = Request.getServerName(request);
    if (!hosts.isEmpty() && !hosts.contains(host.toLowerCase(Locale.ROOT))) {
      throw new HttpFailure(
          403,
          "host",
          "A name of this machine, such as localhost, was expected in the address, but another one"
              + " came; start the server with host= or a token to be called by others.");
    }
  }

  /** A page of another server must not use the browser of somebody who may call this one. */
  private static void checkOrigin(Route route, Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin == null || route.method().equals("GET")) {
      return;
    }
    String host = request.getHeaders().get(HttpHeader.HOST);
    String from;
    try {
      from = URI.create(origin).getAuthority();
    } catch (IllegalArgumentException e) {
      from = null;
    }
    if (from == null || !from.equals(host)) {
      throw new HttpFailure(
          403,
          "origin",
          "A page of this server was expected to ask, but one of another server did; call the"
              + " server from a program, or put both behind one address.");
    }
  }
}
