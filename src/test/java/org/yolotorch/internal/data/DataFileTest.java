// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.YoloException;

class DataFileTest extends DataCase {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nc: 3\\nnames: [cat, dog] | as many names as nc says, 3, but 2 came",
        "nc: 2 | ",
        "nc: '2'\\nnames: | ",
        "names: {'0': class_0, ' 1': class_1} | ",
        "names: [class_0, ''] | ",
        "names: {0: {a: b}, 1: dog} | texts in names, but a mapping came in line 2",
        "names: [cat, [dog]] | texts in names, but a list came in line 2",
        "names: cat | a list of texts as names, but 'cat' came in line 2",
        "nc: 99999999999 | a whole number in nc, but '99999999999' came in line 2",
        "nc: 10001 | at most 10000 classes",
        "nc: 0 | the key names",
        "nc: -1 | the key names",
        "names: [cat, dog]\\nkpt_shape: 17 | a list of whole numbers as kpt_shape, but '17' came",
        "names: [cat, dog]\\nkpt_shape: [17, x] | a whole number in kpt_shape, but 'x' came",
        "names: {0: cat, 2: dog} | a name for each class from 0 to 1, but 1 has none",
        "names: {x: cat, 2: dog} | a whole number in names, but 'x' came",
        "path: . | the key names",
        "nc: many | a whole number in nc, but 'many' came",
        "path: [1] | a text as path, but a list came in line 2",
      })
  void classesThatDisagreeAreRefused(String text, String fault) throws IOException {
    data = write("set/data.yaml", "val: images/val\n" + text.replace("\\n", "\n") + "\n");
    if (fault == null) {
      assertEquals(Map.of(0, "class_0", 1, "class_1"), file().names());
    } else {
      String message = refused(YoloException.InvalidData.class);
      assertTrue(message.contains(fault), message);
    }
  }

  @Test
  void namesStayAsTheyAreWritten() throws IOException {
    data =
        write(
            "set/data.yaml",
            "val: images/val\nnames: [1, 007, 1.50, yes, ~, 1e3, 'a b', \"\\e[2J\"]\n");
    assertEquals(
        List.of("1", "007", "1.50", "yes", "~", "1e3", "a b", "?[2J"),
        List.copyOf(file().names().values()));
  }

  @Test
  void aRepeatedKeyIsTold() throws IOException {
    data =
        write(
            "set/data.yaml",
            "val: nowhere\nnames: {0: bird, 1: dog, '0': cat}\n# more\nval: images/val\n");
    assertEquals(3, open().items().size());
    assertEquals(Map.of(0, "cat", 1, "dog"), file().names());
    assertTrue(warnings.get(0).contains("but 'val' comes again in line 4 of '"), warnings.get(0));
    assertTrue(warnings.get(1).contains("but '0' comes again in line 2 of '"), warnings.get(1));
  }

  @Test
  void byteOrderMarksAndStrayCharactersAreReadOver() throws IOException {
    String text = "val: images/val\u0000\u001b\r\nnames: [cat, dog]\r\n";
    data = write("set/data.yaml", "\uFEFF" + text);
    assertEquals(3, open().items().size());
    Files.write(data, text.getBytes(StandardCharsets.UTF_16));
    assertEquals(3, open().items().size());
    assertEquals(List.of(), warnings);
  }

  @Test
  void faultsOfYamlNameTheLine() throws IOException {
    data = write("set/data.yaml", "val: images/val\nnames:\n  - cat\n  -dog: [\n");
    String message = refused(YoloException.InvalidData.class);
    assertTrue(message.contains("must be YAML, but is not (line "), message);
    assertEquals(1, message.lines().count(), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "- 1",
        "",
        "\t",
        "val: !!javax.script.ScriptEngineManager []\nnames: [cat, dog]",
        "val: {a: b}\nnames: [cat, dog]",
        "val: [[images/val]]\nnames: [cat, dog]",
        "val: [~, '']\nnames: [cat, dog]\npath: {x: &a [*a]}",
        "nc: &a {x: [*a]}\nval: images/val\nnames: [cat, dog]",
        "nc: &a [*a]\nval: *a\nnames: *a",
        "names: &a [*a]\nval: images/val",
        "? &a [*a]\n: b",
        "val: *x",
        "a: &a [*a]\nb: [",
        "{a: 1, a: 2}"
      })
  void otherYamlIsRefused(String text) throws IOException {
    data = write("set/data.yaml", text);
    refused(YoloException.InvalidData.class);
  }
}
