// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.yolotorch.YoloException;

/**
 * Paths from text that users, models and data sets give, and text from paths. Java converts the one
 * to the other by the charset of the locale. Where that cannot express a name, as in the locales C
 * and POSIX, the bytes of file names are taken to be UTF-8. Stateless and thread-safe.
 */
public final class PathText {
  /** What stands in a text for bytes that the charset of the locale does not know. */
  static final char UNKNOWN = '\uFFFD';

  private PathText() {}

  /**
   * The path that a text names.
   *
   * @throws InvalidPathException if the text is no path; {@link #advice} says why
   */
  public static Path of(String text) {
    return resolve(Path.of(""), text);
  }

  /**
   * The path of a model.
   *
   * @throws YoloException.InvalidArgument if the text is no path
   */
  public static Path model(String text) {
    Checks.line("The model path", text);
    try {
      return of(text);
    } catch (InvalidPathException e) {
      throw new YoloException.InvalidArgument(
          "The model path must be a path, but was '"
              + text.replace('\0', '?')
              + "'"
              + advice(text, "; write it like yolo11n.pt."),
          e);
    }
  }

  /**
   * As {@link Path#resolve(String)}; the result is absolute where the locale cannot express the
   * text.
   *
   * @throws InvalidPathException if the text is no path; {@link #advice} says why
   */
  public static Path resolve(Path base, String text) {
    try {
      return base.resolve(text);
    } catch (InvalidPathException e) {
      if (!isBeyondLocale(text) || text.indexOf(UNKNOWN) >= 0) {
        throw e;
      }
      // The bytes that a file address tells are not converted.
      String address =
          URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
      String before = text.startsWith("/") ? "" : base.toUri().getRawPath() + "/";
      return Path.of(URI.create("file://" + before + address));
    }
  }

  /** The text of a path: that of {@link Path#toString()} where the locale can express it. */
  public static String of(Path path) {
    String text = path.toString();
    if (text.indexOf(UNKNOWN) < 0) {
      return text;
    }
    String address = path.toUri().getRawPath().replace("+", "%2B");
    String whole = URLDecoder.decode(address, StandardCharsets.UTF_8);
    // An address is absolute, and that of a folder ends so.
    int end = whole.endsWith("/") ? whole.length() - 1 : whole.length();
    int start = path.isAbsolute() ? 0 : end;
    for (int i = 0; i < path.getNameCount() && start > 0; i++) {
      start = whole.lastIndexOf('/', start - 1);
    }
    return whole.substring(path.isAbsolute() ? 0 : start + 1, end);
  }

  /**
   * The path as the system has it, in UTF-8 where that has characters: also a name whose bytes are
   * no text at all.
   */
  public static byte[] bytes(Path path) {
    if (of(path).indexOf(UNKNOWN) < 0) {
      return of(path).getBytes(StandardCharsets.UTF_8);
    }
    String address = path.toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) == '%') {
        bytes.write(Integer.parseInt(address, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(address.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  /** The file beside this one that differs in its suffix, or in that it has one. */
  public static Path withSuffix(Path file, String suffix) {
    String name = nameOf(file);
    if (name.indexOf(UNKNOWN) < 0) {
      int dot = name.lastIndexOf('.');
      Path folder = file.getParent() == null ? Path.of("") : file.getParent();
      return resolve(folder, (dot < 0 ? name : name.substring(0, dot)) + suffix);
    }
    // Its bytes are no text, which an address tells nevertheless.
    String address = file.toUri().getRawPath();
    int dot = address.lastIndexOf('.');
    boolean has = dot > address.lastIndexOf('/');
    return Path.of(URI.create("file://" + (has ? address.substring(0, dot) : address) + suffix));
  }

  /** The last name of a path. */
  public static String nameOf(Path path) {
    return of(path.getFileName());
  }

  /** How a sentence about a text that is no path ends: names the locale, or says {@code usual}. */
  public static String advice(String text, String usual) {
    return isBeyondLocale(text)
        ? ", which the charset "
            + System.getProperty("sun.jnu.encoding")
            + " of the locale cannot express; start Java with LC_ALL=C.UTF-8."
        : usual;
  }

  private static boolean isBeyondLocale(String text) {
    return text.indexOf('\0') < 0 && text.chars().anyMatch(c -> c > '~');
  }
}
