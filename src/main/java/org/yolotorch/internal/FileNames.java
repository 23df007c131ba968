// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.yolotorch.ExportOptions;

/** Names of files that are made of names of pictures and classes. */
public final class FileNames {
  /** File systems take 255; a number, a suffix and that of a part come on top. */
  private static final int MOST_NAME_BYTES = 200;

  private static final Set<String> RESERVED = Set.of("CON", "PRN", "AUX", "NUL");

  private FileNames() {}

  /** The last name of a path without its suffix, as it can be written. */
  public static String stem(Path file) {
    return safe(file.getFileName() == null ? "" : withoutSuffix(PathText.nameOf(file)));
  }

  /**
   * The file in the working folder that an archive of a model gets which came with a label and not
   * from a file: a label may say anything.
   */
  public static String archive(String label) {
    String path = label.replace('\\', '/');
    String name = path.substring(path.lastIndexOf('/') + 1);
    return safe(withoutSuffix(PlainText.of(name))) + "." + ExportOptions.TORCHSCRIPT;
  }

  /** What stands before the last dot, unless nothing does. */
  public static String withoutSuffix(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /**
   * A name that stays in its folder and can be written: separators, control characters and what
   * stands for bytes that are no text become underscores, names that Windows reserves get one in
   * front, and it is cut where a file system would refuse it with the suffixes it still gets.
   */
  public static String safe(String stem) {
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < stem.length(); ) {
      int c = stem.codePointAt(i);
      i += Character.charCount(c);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > MOST_NAME_BYTES) {
        break;
      }
      boolean bad = c == '/' || c == '\\' || c == PathText.UNKNOWN || Character.isISOControl(c);
      text.appendCodePoint(bad ? '_' : c);
    }
    String name = text.toString();
    if (name.isBlank() || name.equals(".") || name.equals("..") || isReserved(name)) {
      return "_" + name;
    }
    return name;
  }

  private static boolean isReserved(String name) {
    int dot = name.indexOf('.');
    String base = (dot < 0 ? name : name.substring(0, dot)).toUpperCase(Locale.ROOT);
    return RESERVED.contains(base)
        || base.length() == 4
            && (base.startsWith("COM") || base.startsWith("LPT"))
            && Character.isDigit(base.charAt(3));
  }
}
