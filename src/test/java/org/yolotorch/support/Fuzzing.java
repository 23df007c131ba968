// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import org.yolotorch.ErrorCode;
import org.yolotorch.YoloException;

/**
 * What the fuzzers share. A fuzzer is a class with a method {@code fuzzerTestOneInput(byte[])}, for
 * which Jazzer looks; whatever that throws is a finding.
 */
public final class Fuzzing {
  private static final int LONGEST_MESSAGE = 4_000;

  /** One folder a process: fuzzers run beside each other. */
  private static final Path FOLDER = folder();

  private Fuzzing() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("yolotorch-fuzz");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try (var all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder for files of this process. */
  public static Path files() {
    return FOLDER;
  }

  /** A file of this content, which replaces an earlier one of that name. */
  public static Path file(String name, byte[] content) {
    try {
      Path file = FOLDER.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The input as a text; bytes that are no UTF-8 become U+FFFD. */
  public static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** Runs what may refuse its input with one of these codes, in plain text. */
  public static void mayRefuse(Set<ErrorCode> codes, Runnable work) {
    try {
      work.run();
    } catch (YoloException e) {
      if (!codes.contains(e.code())) {
        throw e;
      }
      checkMessage(e);
      if (e.getMessage().chars().anyMatch(Character::isISOControl)) {
        throw new AssertionError("expected a message without control characters", e);
      }
    }
  }

  /** A finding if a refusal says nothing, or too much. */
  public static void checkMessage(RuntimeException refusal) {
    String message = refusal.getMessage();
    if (message == null || message.isBlank() || message.length() > LONGEST_MESSAGE) {
      throw new AssertionError("expected a short message", refusal);
    }
  }
}
