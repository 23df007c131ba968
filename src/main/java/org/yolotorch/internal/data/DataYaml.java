// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.PlainText;

/**
 * The keys of a YAML file. No value is made of what stands there before it is asked for, and then
 * it is a text or a number, so that neither tags nor references to itself can do harm.
 */
final class DataYaml {
  /** Ten thousand long names fit; the time that parsing takes is that of a square. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int LONGEST_NAME = 1000;
  private static final int LONGEST_REASON = 200;
  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

  /** What YAML does not allow, as some editors leave it behind. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile(
          "[^\\t\\n\\r\\x20-\\x7E\\x85\\xA0-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]+");

  private final Path file;
  private final Consumer<String> warnings;
  private final Map<String, Node> values;

  private DataYaml(Path file, MappingNode root, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
    this.values = entries(root, node -> node instanceof ScalarNode key ? key.getValue() : null);
  }

  /**
   * Reads a file.
   *
   * @param warnings is told of keys that come twice
   * @throws YoloException.NotFound if it is not there
   * @throws YoloException.InvalidData if it is no YAML with keys
   */
  static DataYaml read(Path file, Consumer<String> warnings) {
    try {
      if (Files.isDirectory(file)) {
        throw fault(file, "a file such as data.yaml", "it is a folder");
      }
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(PathText.nameOf(file))
              .setCodePointLimit(MAX_BYTES)
              .build();
      String text = UNPRINTABLE.matcher(DataText.read(file, MAX_BYTES)).replaceAll("");
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isPresent() && root.get() instanceof MappingNode map) {
        return new DataYaml(file, map, warnings);
      }
      throw fault(file, "keys such as val and names", "it holds none");
    } catch (YamlEngineException | StackOverflowError e) {
      throw new YoloException.InvalidData(
          "The data set file '"
              + file
              + "' must be YAML, but is not ("
              + reason(e)
              + "); correct"
              + " it.",
          e);
    } catch (IOException e) {
      throw new YoloException.NotFound(
          "A data set file such as data.yaml was expected at '"
              + file
              + "', but "
              + (Files.exists(file) ? "it cannot be read" : "there is none")
              + "; check the path.",
          e);
    }
  }

  private static String reason(Throwable e) {
    String line = "";
    String reason = e.getMessage();
    if (e instanceof MarkedYamlEngineException marked && marked.getProblem() != null) {
      line = marked.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("");
      reason = marked.getProblem();
    }
    String first = reason == null ? "too deep" : reason.lines().findFirst().orElse("no reason");
    return line + PlainText.start(first, LONGEST_REASON);
  }

  private interface Key<K> {
    /** Null for one to leave out. */
    K of(Node node);
  }

  /** Of a key that comes twice the last counts, as everywhere in Python. */
  private <K> Map<K, Node> entries(MappingNode map, Key<K> reader) {
    Map<K, Node> entries = new LinkedHashMap<>();
    for (NodeTuple entry : map.getValue()) {
      K key = reader.of(entry.getKeyNode());
      if (key != null && entries.put(key, entry.getValueNode()) != null) {
        warnings.accept(
            "A key must come once, but "
                + PlainText.shown(key.toString())
                + " comes again"
                + line(entry.getKeyNode())
                + " of '"
                + file
                + "', which is the one that counts; delete the other.");
      }
    }
    return entries;
  }

  private static String line(Node node) {
    return node.getStartMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
  }

  /** Whether it is a text or a number, and no encoded bytes. */
  private static boolean isText(Node node) {
    return node instanceof ScalarNode && !node.getTag().equals(Tag.BINARY);
  }

  private static boolean isNothing(Node node) {
    return node == null
        || node instanceof ScalarNode scalar
            && scalar.isPlain()
            && NOTHING.contains(scalar.getValue());
  }

  /** Whether the key is there and has a value. */
  boolean has(String key) {
    return !isNothing(values.get(key));
  }

  /**
   * The text of a key; null without one.
   *
   * @throws YoloException.InvalidData if it is none
   */
  String text(String key) {
    Node node = values.get(key);
    if (isNothing(node)) {
      return null;
    }
    if (isText(node)) {
      return ((ScalarNode) node).getValue();
    }
    throw fault("a text as " + key, node);
  }

  /**
   * The texts of a key, one or a list; empty without one.
   *
   * @throws YoloException.InvalidData if it is neither
   */
  List<String> texts(String key) {
    Node node = values.get(key);
    if (isNothing(node)) {
      return List.of();
    }
    // One that comes again adds nothing, and an alias can repeat a long one a million times.
    Set<String> texts = new LinkedHashSet<>();
    for (Node item : node instanceof SequenceNode list ? list.getValue() : List.of(node)) {
      if (!isText(item)) {
        throw fault("a text or a list of texts as " + key, item);
      }
      if (!isNothing(item)) {
        texts.add(((ScalarNode) item).getValue());
      }
    }
    return List.copyOf(texts);
  }

  /**
   * The whole number of a key; {@code otherwise} without one.
   *
   * @throws YoloException.InvalidData if it is none
   */
  int whole(String key, int otherwise) {
    Node node = values.get(key);
    return isNothing(node) ? otherwise : whole(key, node);
  }

  /**
   * The whole numbers of a list; empty without one.
   *
   * @throws YoloException.InvalidData if it is none
   */
  List<Integer> wholes(String key) {
    Node node = values.get(key);
    if (isNothing(node)) {
      return List.of();
    }
    if (!(node instanceof SequenceNode list)) {
      throw fault("a list of whole numbers as " + key, node);
    }
    return list.getValue().stream().map(item -> whole(key, item)).toList();
  }

  /**
   * Texts by number, of a list or of keys that are whole numbers, also as text; empty without one.
   *
   * @throws YoloException.InvalidData if they are neither
   */
  Map<Integer, String> numbered(String key) {
    Node node = values.get(key);
    Map<Integer, String> texts = new LinkedHashMap<>();
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        texts.put(texts.size(), name(key, item));
      }
    } else if (node instanceof MappingNode map) {
      entries(map, id -> whole(key, id)).forEach((id, item) -> texts.put(id, name(key, item)));
    } else if (!isNothing(node)) {
      throw fault("a list of texts as " + key, node);
    }
    return texts;
  }

  private String name(String key, Node node) {
    if (!isText(node)) {
      throw fault("texts in " + key, node);
    }
    String name = ((ScalarNode) node).getValue();
    if (name.length() > LONGEST_NAME) {
      throw fault("texts of at most " + LONGEST_NAME + " characters in " + key, node);
    }
    return name;
  }

  private int whole(String key, Node node) {
    if (isText(node)) {
      try {
        return Integer.parseInt(((ScalarNode) node).getValue().strip());
      } catch (NumberFormatException e) {
        // Told below, as anything else that is no number.
      }
    }
    throw fault("a whole number in " + key, node);
  }

  private YoloException.InvalidData fault(String expected, Node came) {
    String what =
        came instanceof ScalarNode scalar
            ? (isText(came) ? "" : "the binary value ") + PlainText.shown(scalar.getValue())
            : came instanceof SequenceNode ? "a list" : "a mapping";
    return fault(expected, what + " came" + line(came));
  }

  YoloException.InvalidData fault(String expected, String came) {
    return fault(file, expected, came);
  }

  private static YoloException.InvalidData fault(Path file, String expected, String came) {
    return new YoloException.InvalidData(
        "The data set file '"
            + file
            + "' must have "
            + expected
            + ", but "
            + came
            + "; correct it.");
  }
}
