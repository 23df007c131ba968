// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.train.TrainArgument;

/** What is made of the table of arguments: checks, help, files of values, completion. */
class ArgumentTest extends CommandLineRun {
  @TempDir Path folder;

  private static String refusal(String line) {
    return assertThrows(UsageException.class, () -> CommandLine.parse(line.split(" ")))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source |",
        "model |",
        "task |",
        "conf | 0.25",
        "iou | 0.7",
        "imgsz |",
        "rect | True",
        "batch | 1",
        "device | cpu",
        "half | False",
        "max_det | 300",
        "vid_stride | 1",
        "stream_buffer | False",
        "visualize | False",
        "augment | False",
        "agnostic_nms | False",
        "classes |",
        "retina_masks | False",
        "embed |",
        "verbose | True",
        "project |",
        "name | predict",
        "exist_ok | False",
        "save | True",
        "show | False",
        "save_frames | False",
        "save_txt | False",
        "save_conf | False",
        "save_crop | False",
        "show_labels | True",
        "show_conf | True",
        "show_boxes | True",
        "line_width |",
        "color_mode | class",
        "kpt_radius |",
        "kpt_line | True",
        "font |",
        "font_size |",
        "dnn | False",
        "data |",
        "end2end |",
        "compile | False"
      })
  void predictKnowsEveryArgumentWithItsDefault(String key, String defaultValue) {
    Argument argument = Argument.find(key);
    assertTrue(argument.belongsTo(Mode.PREDICT), key);
    assertEquals(defaultValue, argument.defaultValue());
  }

  @ParameterizedTest
  @EnumSource(Argument.class)
  void defaultsAreInTheirRange(Argument argument) {
    if (argument.defaultValue() != null) {
      assertTrue(Values.isDefault(argument, argument.defaultValue()));
    }
    for (Mode mode : Mode.values()) {
      if (argument.belongsTo(mode)) {
        assertFalse(argument.help(mode).isBlank(), argument.key());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Argument.class)
  void rangesAreChecked(Argument argument) {
    Range range = argument.range();
    Mode mode = argument.belongsTo(Mode.PREDICT) ? Mode.PREDICT : Mode.EXPORT;
    String start = mode.id() + " " + argument.key() + "=";
    if (range != null) {
      boolean whole = argument.kind() != Kind.NUMBER;
      for (double good : new double[] {range.low(), range.high()}) {
        CommandLine.parse((start + (whole ? "" + (long) good : "" + good)).split(" "));
      }
      for (double wrong : new double[] {range.low() - 1, range.high() + 1}) {
        String text = refusal(start + (whole ? "" + (long) wrong : "" + wrong));
        assertTrue(text.contains("from " + range), text);
      }
    }
  }

  @Test
  void notANumberIsOutOfEveryRange() {
    assertTrue(refusal("predict conf=NaN").contains("from 0 to 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "augment=True",
        "visualize",
        "embed=1,2",
        "stream_buffer",
        "dnn",
        "end2end=True",
        "compile",
        "half",
        "data=coco8.yaml"
      })
  void whatChangesNothingIsTakenWithAWarning(String argument) {
    String key = argument.replaceAll("=.*", "");
    String reason = Argument.find(key).reason();
    String value = argument.contains("=") ? argument.substring(key.length() + 1) : "True";
    for (String mode : List.of("predict", "val", "benchmark")) {
      if (mode.equals("predict") || !Argument.find(key).kind().equals(Kind.PATH)) {
        List<String> warnings = CommandLine.parse(mode, argument).warnings();
        assertEquals(1, warnings.size(), warnings.toString());
        String start = key + "=" + value + " changes nothing in " + mode + ": ";
        assertTrue(warnings.get(0).startsWith(start), warnings.get(0));
        assertTrue(warnings.get(0).endsWith("."), warnings.get(0));
        String same = mode.equals("benchmark") && key.equals("half") ? "half precision" : reason;
        assertTrue(warnings.get(0).contains(same), warnings.get(0));
      }
    }
    assertEquals(List.of(), CommandLine.parse("predict", key + "=None").warnings());
    if (Argument.find(key).kind() == Kind.FLAG && !key.equals("end2end")) {
      assertEquals(List.of(), CommandLine.parse("predict", key + "=False").warnings());
    }
    assertEquals(0, run("predict", "--help"));
    assertTrue(out.contains("without effect: " + reason.substring(0, 12)), out);
  }

  @Test
  void formerNamesAreUnderstood() {
    CommandLine line =
        CommandLine.parse("predict", "hide_labels=True", "line_thickness=3", "boxes=False");
    assertFalse(line.values().flag(Argument.SHOW_LABELS));
    assertFalse(line.values().flag(Argument.SHOW_BOXES));
    assertEquals(3, line.values().whole(Argument.LINE_WIDTH));
    assertEquals(3, line.warnings().size());
    assertTrue(line.warnings().get(0).contains("show_labels=False"));
  }

  @Test
  void printedDefaultsAreAFileOfValues() throws IOException {
    assertEquals(0, run("cfg"));
    for (Argument argument : Argument.values()) {
      if (argument != Argument.MODE && argument != Argument.CFG) {
        assertTrue(("\n" + out).contains("\n" + argument.key() + ":"), argument.key());
      }
    }
    Path file = Files.writeString(folder.resolve("all.yaml"), out);
    Values values = CommandLine.parse("predict", "max_det=9", "cfg=" + file, "iou=0.5").values();
    // The file goes before what came until then, and what comes later before the file.
    assertEquals(300, values.whole(Argument.MAX_DET));
    assertEquals(0.5, values.number(Argument.IOU));
    // Modes keep the defaults that are theirs alone.
    values = CommandLine.parse("val", "data=data.yaml", "cfg=" + file).values();
    assertFalse(values.isGiven(Argument.CONF));
    assertFalse(values.isGiven(Argument.NAME));
  }

  @Test
  void valuesMayComeFromAFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("own.yaml"),
            "# mine\n---\nmode: predict\nsource: 'a b.jpg' # there\nconf: 0.5\nclasses: [0, 2]\n"
                + "imgsz: null\nname:\nsave_txt: true\n");
    CommandLine line = CommandLine.parse("cfg=" + file);
    assertEquals(Mode.PREDICT, line.mode());
    assertEquals("a b.jpg", line.values().text(Argument.SOURCE));
    assertEquals(0.5, line.values().number(Argument.CONF));
    assertEquals(2, line.values().wholes(Argument.CLASSES).length);
    assertTrue(line.values().flag(Argument.SAVE_TXT));
    assertEquals("predict", line.values().text(Argument.NAME));
    Files.writeString(file, "predict\n");
    assertTrue(refusal("predict cfg=" + file).contains("has the line 'predict'"));
    Files.writeString(file, "conf: 3\n");
    assertTrue(refusal("predict cfg=" + file).contains("conf must be"));
    Files.writeString(file, "augment: True\nepochs: 3\nformat: onnx\nhalf: False\n");
    List<String> warnings = CommandLine.parse("predict", "cfg=" + file).warnings();
    assertEquals(1, warnings.size(), "only what would change the answer: " + warnings);
    assertTrue(warnings.get(0).startsWith("augment=True changes nothing"), warnings.get(0));
    Files.writeString(file, "mode: track\nconf: 0.5\n");
    assertEquals(Mode.PREDICT, CommandLine.parse("cfg=" + file, "predict").mode());
    assertEquals(Mode.PREDICT, CommandLine.parse("predict", "cfg=" + file).mode());
    assertTrue(refusal("cfg=" + file).contains("'track' is not in this version"));
    // As a training writes it.
    Files.writeString(
        file, "task: detect\nmode: train\nmodel: yolo11n.pt\nepochs: 3\ntime: null\n");
    CommandLine train = CommandLine.parse("cfg=" + file, "epochs=4");
    assertEquals(Mode.TRAIN, train.mode());
    assertEquals("4", train.values().training().get(TrainArgument.EPOCHS));
    assertEquals("yolo11n.pt", train.values().training().get(TrainArgument.MODEL));
    assertTrue(refusal("predict cfg=" + folder).contains("cannot be read"));
    assertTrue(refusal("predict cfg=none.yaml").contains("none.yaml"));
  }

  @Test
  void checksTellTheMachine() {
    assertEquals(0, run("checks"), out);
    for (String label :
        List.of("yolotorch ", "Java ", "glibc ", "CPU ", "LibTorch ", "CUDA ", "OpenMP ")) {
      assertTrue(("\n" + out).contains("\n" + label), out);
    }
    assertTrue(out.contains("WebP"), out);
    assertTrue(out.matches("(?s).*FFmpeg \\d+\\..*"), out);
  }

  private static TreeSet<String> complete(String script, String line)
      throws IOException, InterruptedException {
    String program =
        script
            + "\ncompopt() { :; }\nCOMP_LINE=\"$1\" COMP_POINT=${#1}\n_yolo\n"
            + "printf '%s\\n' \"${COMPREPLY[@]}\"\n";
    Process process = new ProcessBuilder("bash", "-c", program, "bash", line).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String wrong = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), wrong);
    assertEquals("", wrong);
    return new TreeSet<>(said.lines().toList());
  }

  @Test
  void bashCompletes() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/bin/bash")));
    assertEquals(0, run("completion", "bash"));
    String script = out;
    assertTrue(complete(script, "yolo ").containsAll(List.of("predict", "checks", "obb")));
    assertEquals(new TreeSet<>(List.of("predict")), complete(script, "yolo pr"));
    TreeSet<String> saves = complete(script, "yolo predict save_");
    assertTrue(saves.containsAll(List.of("save_txt=", "save_csv=")), saves.toString());
    assertFalse(complete(script, "yolo predict ").contains("augment="));
    assertFalse(complete(script, "yolo export ").contains("save_txt="));
    assertEquals(
        new TreeSet<>(List.of("False", "True")), complete(script, "yolo predict save_txt="));
    assertEquals(new TreeSet<>(List.of("pose")), complete(script, "yolo predict task=p"));
    Path file = Files.createFile(folder.resolve("model.pt"));
    assertEquals(
        new TreeSet<>(List.of(file.toString())),
        complete(script, "yolo predict model=" + folder + "/m"));
    assertEquals(0, run("completion", "zsh"));
    assertTrue(out.startsWith("#compdef yolo"), out);
    assertEquals(2, run("completion", "fish"));
    assertTrue(err.contains("bash or zsh"), err);
  }
}
