// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.routes;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.yolotorch.serve.internal.http.Errors;
import org.yolotorch.serve.internal.http.Reply;
import org.yolotorch.serve.internal.http.Route;

/** The page on which one drops a picture. It loads nothing from elsewhere. */
public final class PageRoutes {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** The files of the page. */
  public List<Route> routes() {
    return List.of(
        file("/", "index.html", "text/html; charset=utf-8"),
        file("/page.js", "page.js", "text/javascript; charset=utf-8"),
        file("/drawing.js", "drawing.js", "text/javascript; charset=utf-8"),
        file("/page.css", "page.css", "text/css; charset=utf-8"));
  }

  private static Route file(String path, String name, String type) {
    return new Route("GET", path, Route.Kind.OPEN, call -> read(name, type), Errors::oip);
  }

  private static Reply read(String name, String type) throws IOException {
    try (InputStream stream =
        PageRoutes.class.getResourceAsStream("/org/yolotorch/serve/page/" + name)) {
      return Reply.ok(type, stream.readAllBytes())
          .with("Content-Security-Policy", POLICY)
          .with("X-Content-Type-Options", "nosniff")
          .with("Cache-Control", "no-cache");
    }
  }
}
