// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.ImageSize;
import org.yolotorch.Task;
import org.yolotorch.internal.Spelling;

class CommandLineTest {
  private static Values parse(String line) {
    return CommandLine.parse(line.split(" ")).values();
  }

  @Test
  void orderIsFree() {
    for (String line :
        new String[] {
          "detect predict source=a conf=0.5", "source=a conf=0.5 predict detect",
          "predict conf=0.5 detect source=a", "mode=predict task=detect source=a conf=0.5"
        }) {
      CommandLine parsed = CommandLine.parse(line.split(" "));
      assertEquals(Mode.PREDICT, parsed.mode());
      assertEquals("detect", parsed.values().text(Argument.TASK));
      assertEquals("a", parsed.values().text(Argument.SOURCE));
      assertEquals(0.5, parsed.values().number(Argument.CONF));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "predict max_det=7",
        "predict --max_det=7",
        "predict --max_det 7",
        "predict max_det = 7",
        "predict max_det= 7",
        "predict max_det =7",
        "predict max_det=7,",
        "predict max_det=1 max_det=7"
      })
  void everySpellingOfAValue(String line) {
    assertEquals(7, parse(line).whole(Argument.MAX_DET));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "predict save_txt",
        "predict --save_txt",
        "predict save_txt=True",
        "predict save_txt=true",
        "predict --save_txt true",
        "predict --save_txt source=a"
      })
  void everySpellingOfAFlag(String line) {
    assertTrue(parse(line).flag(Argument.SAVE_TXT));
    assertTrue(parse(line).flag(Argument.SAVE));
    assertFalse(parse("predict save=False").flag(Argument.SAVE));
    assertFalse(parse("predict --save false").flag(Argument.SAVE));
  }

  @Test
  void sizesAndLists() {
    assertNull(parse("predict").size(Argument.IMGSZ));
    assertEquals(ImageSize.square(320), parse("predict imgsz=320").size(Argument.IMGSZ));
    ImageSize wide = new ImageSize(480, 640);
    assertEquals(wide, parse("predict imgsz=480,640").size(Argument.IMGSZ));
    assertEquals(wide, parse("predict imgsz=[480,640]").size(Argument.IMGSZ));
    assertEquals(wide, parse("predict imgsz=[480, 640]").size(Argument.IMGSZ));
    assertEquals(wide, parse("predict imgsz = [ 480 , 640 ]").size(Argument.IMGSZ));
    assertArrayEquals(new int[0], parse("predict").wholes(Argument.CLASSES));
    assertArrayEquals(new int[] {3}, parse("predict classes=3").wholes(Argument.CLASSES));
    assertArrayEquals(new int[] {0, 2}, parse("predict classes=[0,2]").wholes(Argument.CLASSES));
    assertArrayEquals(new int[] {0, 2}, parse("predict classes=0,2").wholes(Argument.CLASSES));
  }

  @Test
  void noneIsTheDefault() {
    assertEquals(0.25, parse("predict conf=None").number(Argument.CONF));
    assertNull(parse("predict imgsz=none").size(Argument.IMGSZ));
    assertEquals("yolo11n-codes.pt", parse("export").model());
    assertEquals("yolo11n-codes.pt", parse("detect predict model=None").model());
    assertEquals("yolo11n-seg.pt", parse("segment predict").model());
    assertEquals("yolo11n-cls.pt", parse("predict task=classify").model());
    assertEquals("a.pt", parse("obb predict model=a.pt").model());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "predict cnf=0.5 | the nearest is 'conf'",
        "predict modle=a.pt | the nearest is 'model'",
        "predict --save_text | the nearest is 'save_txt'",
        "predicct source=a | the nearest is 'predict'",
        "predict imgsize=9 | the nearest is 'imgsz'",
        "predict elephant=3 | 'elephant' came; 'yolo predict --help' lists them all",
        "elephant source=a | 'elephant' came; 'yolo help' lists them all",
        "predict q=1 | 'q' came; 'yolo predict --help' lists them all",
        "predict conf | needs a value",
        "predict --conf | needs a value",
        "predict imgsz=abc | imgsz must be a whole number or height,width, but was 'abc'",
        "predict imgsz=1,2,3 | imgsz must be",
        "predict conf=much | conf must be a number",
        "predict max_det=1.5 | max_det must be a whole number",
        "predict save=maybe | save must be True or False",
        "predict classes=a | classes must be whole numbers",
        "predict task=sing | A task must be one of",
        "mode=dance | mode must be predict, export, info, val, benchmark or train",
        "predict export | both 'predict' and 'export' came",
        "source=a | A mode was expected",
        "export dinamic | the nearest is 'dynamic'",
        "export json | 'json' is no argument of export",
        "info trusted=perhaps | trusted must be True or False",
        "train epoch=3 | the nearest is 'epochs'",
        "track source=a | not in this version yet",
        "detect track source=a conf=0.3 what=ever now | 'track' is not in this version yet",
        "epochs=3 --nonsense x mode=track | 'track' is not in this version yet",
        "val cnf=0.5 | An argument of val was expected, but 'cnf' came; the nearest is 'conf'",
        "val tile=640 | 'tile' is no argument of val",
        "benchmark json | 'json' is no argument of benchmark",
        "predict tracker | 'tracker' needs a value",
        "predict yolo11n.pt bus.jpg | write it like 'yolo predict model=yolo11n.pt source=bus.jpg'",
        "bus.jpg | An argument was expected before each file, but 'bus.jpg' came without one",
        "predict yolo11n | write it like 'yolo predict model=yolo11n'",
        "val a.torchscript coco8.yaml | 'yolo val model=a.torchscript data=coco8.yaml'",
        "export dir/net | write it like 'yolo export model=dir/net'",
        "info a.pt b.pt | write it like 'yolo info model=a.pt model=b.pt'",
        "predict settings | 'settings' is not offered here",
        "solutions count | 'solutions' is not offered here"
      })
  void mistakesAreExplained(String line, String part) {
    UsageException error =
        assertThrows(UsageException.class, () -> CommandLine.parse(line.split(" ")));
    assertTrue(error.getMessage().contains(part), error.getMessage());
    assertTrue(error.getMessage().endsWith("."), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_det=",
        "max_det=None",
        "max_det=none",
        "max_det=NONE",
        "max_det=[]",
        "max_det= conf=0.25",
        "max_det=7 max_det=",
        "max_det= --save_txt",
        "max_det=()",
        "device= max_det=None,"
      })
  void nothingAndNoneAreTheDefault(String arguments) {
    CommandLine line = CommandLine.parse(("predict " + arguments).split(" "));
    assertEquals(300, line.values().whole(Argument.MAX_DET));
    assertEquals("cpu", line.values().text(Argument.DEVICE));
    assertEquals(List.of(), line.warnings());
  }

  @ParameterizedTest
  @CsvSource({
    "True,true",
    "true,true",
    "1,true",
    "yes,true",
    "False,false",
    "0,false",
    "off,false"
  })
  void truthHasManySpellings(String word, boolean truth) {
    assertEquals(truth, parse("predict save_txt=" + word).flag(Argument.SAVE_TXT));
    assertEquals(truth, parse("predict --save_txt " + word).flag(Argument.SAVE_TXT));
    assertEquals(!truth, parse("predict hide_conf=" + word).flag(Argument.SHOW_CONF));
  }

  @Test
  void listsMayBeSplitByTheShell() {
    String source = "source=[a.jpg,b.jpg]";
    for (String line :
        new String[] {
          "predict source=[a.jpg, b.jpg] conf=0.5",
          "predict source = [a.jpg, b.jpg ] conf=0.5",
          "predict conf=0.5 source= [ a.jpg , b.jpg ],",
        }) {
      Values values = parse(line);
      assertEquals(source.substring(7), values.text(Argument.SOURCE), line);
      assertEquals(0.5, values.number(Argument.CONF));
    }
    // A bracket that is never closed is part of a name.
    assertEquals("[a.jpg", parse("predict source=[a.jpg conf=0.5").text(Argument.SOURCE));
    assertEquals("[a.jpg", parse("predict source=[a.jpg").text(Argument.SOURCE));
    assertArrayEquals(new int[] {0, 2}, parse("predict classes=[0, 2,]").wholes(Argument.CLASSES));
    assertArrayEquals(new int[] {1}, parse("predict classes=(1,)").wholes(Argument.CLASSES));
    assertEquals("a=b", parse("predict source = a=b").text(Argument.SOURCE));
  }

  @Test
  void quotesAndCommasAroundValuesAreLeftOut() {
    assertEquals("a.pt", parse("predict model='a.pt',").text(Argument.MODEL));
    assertEquals("a.pt", parse("predict model=\"a.pt\"").text(Argument.MODEL));
    assertEquals("'a','b'", parse("predict source='a','b'").text(Argument.SOURCE));
    assertTrue(parse("predict, save_txt,").flag(Argument.SAVE_TXT));
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void everyTaskIsAWord(Task task) {
    CommandLine line = CommandLine.parse(task.id(), "predict", "pose=12.0");
    assertEquals(task.id(), line.values().text(Argument.TASK));
    assertEquals(1, line.warnings().size());
  }

  @Test
  void infoNeedsNoNameForItsFile() {
    assertEquals("yolo11n.pt", parse("info yolo11n.pt").text(Argument.MODEL));
    assertEquals("a/b", parse("info --json a/b").text(Argument.MODEL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "predict augment=True | augment=True changes nothing in predict: each picture is predicted"
            + " once, as it is.",
        "predict half=1 | half=1 changes nothing in predict: half precision is chosen by the"
            + " export, 'yolo export half=True'.",
        "val workers=8 | workers=8 changes nothing in val: how pictures are read ahead is not"
            + " chosen; threads tells the cores used.",
        "val epochs=3 | epochs=3 changes nothing in val: it is of train.",
        "val source=a | source=a changes nothing in val: it is of predict.",
        "export save_txt | save_txt=True changes nothing in export: it is of predict and val.",
        "predict format=onnx | format=onnx changes nothing in predict: it is of export.",
        "benchmark format=onnx | format=onnx changes nothing in benchmark: checkpoints and"
            + " TorchScript archives of every kind are measured, no other format.",
        "benchmark verbose=0.3 | verbose=0.3 changes nothing in benchmark: accuracies are told, but"
            + " not compared with a least one.",
        "predict stream persist=False stream=None | persist=False changes nothing in predict: it is"
            + " of tracking, which is not offered here.",
        "predict workers=1 workers=2 | workers=2 changes nothing in predict: how pictures are read"
            + " ahead is not chosen; threads tells the cores used.",
        "info conf=0.5 | conf=0.5 changes nothing in info: it is of predict and export and val.",
        "source=a export opset=new | opset=new changes nothing in export: it is of other formats"
            + " than TorchScript."
      })
  void warningsSayWhyAndWhatIsDone(String line, String last) {
    List<String> warnings = CommandLine.parse(line.split(" ")).warnings();
    assertEquals(last, warnings.get(warnings.size() - 1));
    int given = line.split(" ").length - 1;
    assertTrue(warnings.size() <= given, warnings.toString());
  }

  @Test
  void editDistance() {
    assertEquals(0, Spelling.distance("conf", "conf"));
    assertEquals(1, Spelling.distance("cnf", "conf"));
    assertEquals(4, Spelling.distance("", "conf"));
    assertEquals(1, Spelling.distance("ocnf", "conf"));
  }
}
