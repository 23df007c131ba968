// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.reliability;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yolotorch.cli.CommandLineFuzzer;
import org.yolotorch.cli.ValueFileFuzzer;
import org.yolotorch.internal.data.DataFileFuzzer;
import org.yolotorch.internal.data.LabelFileFuzzer;
import org.yolotorch.internal.image.PictureFuzzer;

/**
 * The seeds of the fuzzers, and the inputs that they once found, pass each time; {@code
 * .ci/check/fuzz_java} looks for more.
 */
class FuzzerSeedsTest {
  private static final Path SEEDS = Path.of("src/test/resources/fuzz");

  @TestFactory
  Stream<DynamicTest> picture() throws IOException {
    return seeds("picture", PictureFuzzer::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> dataFile() throws IOException {
    return seeds("data_file", DataFileFuzzer::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> labelFile() throws IOException {
    return seeds("label_file", LabelFileFuzzer::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> commandLine() throws IOException {
    return seeds("command_line", CommandLineFuzzer::fuzzerTestOneInput);
  }

  @TestFactory
  Stream<DynamicTest> valueFile() throws IOException {
    return seeds("value_file", ValueFileFuzzer::fuzzerTestOneInput);
  }

  private static Stream<DynamicTest> seeds(String fuzzer, Consumer<byte[]> run) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(SEEDS.resolve(fuzzer))) {
      for (Path file : files.sorted().toList()) {
        byte[] input = Files.readAllBytes(file);
        tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> run.accept(input)));
      }
    }
    assertTrue(tests.size() > 1, fuzzer + " has too few seeds");
    return tests.stream();
  }
}
