// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.yolotorch.Image;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.WebFile;

/** Fetches a picture or a video from the web, with limits on size, time and addresses. */
final class WebAddress {
  static final int MOST_REDIRECTS = 3;

  private static final WebFile.Patience PATIENCE =
      new WebFile.Patience(5_000, 30_000, 0, Duration.ofMinutes(5));

  private final String name;
  private final URI address;
  private final WebFile.Rules rules;
  private final WebFile.Patience patience;

  /**
   * Reads an address.
   *
   * @throws YoloException.NotFound if it is none
   */
  WebAddress(String name, boolean allowPrivate) {
    this(name, allowPrivate, PATIENCE);
  }

  /** Reads an address that is waited for so long. */
  WebAddress(String name, boolean allowPrivate, WebFile.Patience patience) {
    this.name = name;
    this.patience = patience;
    this.rules = new WebFile.Rules(MOST_REDIRECTS, !allowPrivate);
    URI read;
    try {
      read = new URI(name);
    } catch (URISyntaxException e) {
      read = null;
    }
    if (read == null || !WebFile.isWeb(read)) {
      throw new YoloException.NotFound(
          "A web address was expected as source, but '" + name + "' is none; check it.");
    }
    this.address = read;
  }

  static boolean isWeb(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /**
   * The whole content.
   *
   * @throws YoloException.DownloadFailed if there is none, or it cannot be a picture or video
   */
  byte[] fetch() {
    try (WebFile answer = WebFile.open(address, 0, null, patience, rules)) {
      if (answer.status() != 200) {
        throw failed("the server answered " + answer.statusLine(), null);
      }
      if (answer.size() > Image.MAX_FILE_BYTES) {
        throw failed(tooLong(answer.size() + " bytes"), null);
      }
      byte[] bytes = read(answer);
      if (bytes.length == 0) {
        throw failed("what came is empty", null);
      }
      if (answer.size() >= 0 && bytes.length != answer.size()) {
        throw failed(bytes.length + " of " + Count.of(answer.size(), "byte") + " came", null);
      }
      String start = new String(bytes, 0, Math.min(64, bytes.length), StandardCharsets.ISO_8859_1);
      if (answer.type().startsWith("text/html") || start.stripLeading().startsWith("<")) {
        throw failed("what came is a web page (" + answer.type() + ")", null);
      }
      return bytes;
    } catch (WebFile.BadRedirect e) {
      String hint =
          e.getMessage().contains("public internet") ? "; allow_private=True lets it" : "";
      throw failed(e.getMessage() + hint, e);
    } catch (WebFile.Unreachable e) {
      throw failed(e.getMessage(), e);
    } catch (IOException e) {
      throw failed("the connection broke (" + WebFile.reason(e) + ")", e);
    }
  }

  private byte[] read(WebFile answer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = answer.body()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        if (out.size() > Image.MAX_FILE_BYTES) {
          throw failed(tooLong("more"), null);
        }
      }
    }
    return out.toByteArray();
  }

  private static String tooLong(String size) {
    return "it has " + size + ", and " + (Image.MAX_FILE_BYTES >> 20) + " MiB are taken at most";
  }

  private YoloException.DownloadFailed failed(String reason, Throwable cause) {
    return new YoloException.DownloadFailed(
        "A picture or video was expected at '"
            + WebFile.printable(name)
            + "', but "
            + reason
            + "; check the address, or save it as a file.",
        cause);
  }
}
