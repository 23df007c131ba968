// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A TorchScript archive, changed and written again with stored records. */
public final class ArchiveRewriter {
  private static final String CONFIG = "extra/config.txt";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, byte[]> records = new LinkedHashMap<>();
  private String top = "archive";

  private ArchiveRewriter() {}

  public static ArchiveRewriter of(Path archive) {
    ArchiveRewriter rewriter = new ArchiveRewriter();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        int slash = entry.getName().indexOf('/');
        rewriter.top = entry.getName().substring(0, slash);
        rewriter.records.put(
            entry.getName().substring(slash + 1), zip.getInputStream(entry).readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rewriter;
  }

  /** Names the folder that all records lie in. */
  public ArchiveRewriter top(String name) {
    top = name;
    return this;
  }

  /** Takes out every record whose name starts like this; there must be one. */
  public ArchiveRewriter drop(String prefix) {
    assertTrue(records.keySet().removeIf(name -> name.startsWith(prefix)), prefix);
    return this;
  }

  public ArchiveRewriter put(String name, String text) {
    records.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Replaces a text in all of the code, where it must be. */
  public ArchiveRewriter code(String from, String to) {
    return code(text -> text.replace(from, to));
  }

  /** Changes the code, which must become another. */
  public ArchiveRewriter code(UnaryOperator<String> change) {
    boolean changed = false;
    for (Map.Entry<String, byte[]> entry : records.entrySet()) {
      if (entry.getKey().startsWith("code/") && entry.getKey().endsWith(".py")) {
        String before = new String(entry.getValue(), StandardCharsets.UTF_8);
        String after = change.apply(before);
        changed |= !after.equals(before);
        entry.setValue(after.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertTrue(changed, "the code holds no such text");
    return this;
  }

  /** Changes the metadata. */
  public ArchiveRewriter config(Consumer<ObjectNode> change) {
    try {
      ObjectNode root = (ObjectNode) JSON.readTree(records.get(CONFIG));
      change.accept(root);
      return put(CONFIG, root.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the metadata those of an archive that Ultralytics wrote. */
  public ArchiveRewriter foreign() {
    return config(root -> root.remove("x-yolotorch"));
  }

  public Path write(Path file) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> record : records.entrySet()) {
        store(out, top + "/" + record.getKey(), record.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Writes a zip archive of these names and contents. */
  public static Path zip(Path file, Map<String, byte[]> records) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> record : records.entrySet()) {
        store(out, record.getKey(), record.getValue());
      }
    }
    return file;
  }

  private static void store(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(sum.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }

  /** Names of the records, without the folder. */
  public List<String> names() {
    return List.copyOf(records.keySet());
  }
}
