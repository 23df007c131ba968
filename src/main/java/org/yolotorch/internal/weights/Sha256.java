// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The SHA-256 of a file, remembered beside it in the form that {@code sha256sum -c} reads. */
public final class Sha256 {
  private static final int HEX_DIGITS = 64;

  private Sha256() {}

  public static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".sha256");
  }

  public static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Remembers the sum that {@code file} has or is about to have. */
  public static void remember(Path file, String sum) throws IOException {
    Path beside = beside(file);
    Path part = beside.resolveSibling(beside.getFileName() + ".part");
    Files.writeString(part, sum + "  " + file.getFileName() + "\n");
    Files.move(part, beside, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Compares a file with the sum remembered beside it.
   *
   * @return what is wrong, as a part of a sentence; null if nothing is, or nothing is remembered
   */
  public static String complaint(Path file) {
    Path beside = beside(file);
    if (!Files.exists(beside)) {
      return null;
    }
    try {
      String line = Files.readString(beside);
      if (!line.matches("(?s)[0-9a-fA-F]{64}\\s.*")) {
        return "'" + beside + "' beside it holds no SHA-256";
      }
      String expected = line.substring(0, HEX_DIGITS).toLowerCase(Locale.ROOT);
      String sum = of(file);
      return sum.equals(expected)
          ? null
          : "its SHA-256 is " + brief(sum) + " and not " + brief(expected);
    } catch (IOException e) {
      return "it cannot be compared (" + e + ")";
    }
  }

  /** The beginning of a checksum, for a message. */
  private static String brief(String sum) {
    return sum.substring(0, 12) + "...";
  }
}
