// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.Assets;
import org.yolotorch.support.ChildJvm;

/** A model of bytes has a label, which whoever sent them chose: an export goes nowhere but here. */
class BytesExportTest {
  @TempDir Path folder;

  @Test
  void labelsLeadNowhere() throws Exception {
    Path working = Files.createDirectories(folder.resolve("x/working"));
    Files.createDirectories(folder.resolve("x/zz"));
    List<String> labels =
        List.of("../zz/evil1.pt", folder + "/evil2.pt", "..\\zz\\evil3.pt", "zz/../../evil4.pt");
    List<String> command =
        ChildJvm.command(
            List.of(), Exports.class, Assets.get("weights/yolo11n.pt"), String.join("|", labels));
    command.set(
        command.indexOf("-cp") + 1,
        Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(java.io.File.pathSeparator)));
    Process process =
        new ProcessBuilder(command).directory(working.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    TreeSet<String> made = new TreeSet<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> made.add(folder.relativize(file).toString()));
    }
    TreeSet<String> expected = new TreeSet<>();
    for (int i = 1; i <= labels.size(); i++) {
      expected.add("x/working/evil" + i + ".torchscript");
      assertTrue(said.contains("evil" + i + ".torchscript"), said);
    }
    assertEquals(expected, made);
  }

  /** Exports the model under each of the labels. */
  static final class Exports {
    private Exports() {}

    public static void main(String[] args) throws Exception {
      byte[] bytes = Files.readAllBytes(Path.of(args[0]));
      ExportOptions small = ExportOptions.builder().imgsz(32).build();
      boolean stream = false;
      for (String label : args[1].split("[|]")) {
        try (Yolo model =
            stream ? Yolo.load(new ByteArrayInputStream(bytes), label) : Yolo.load(bytes, label)) {
          System.out.println(model.export(small));
        }
        stream = !stream;
      }
    }
  }
}
