// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A zip archive whose every field can be made to lie, which no honest writer offers. */
final class ForgedZip {
  /** One record; what is null or negative in the local header is as in the directory. */
  static final class Entry {
    String name;
    byte[] data;
    int method;
    int flags;
    long crc;
    long packed;
    long size;
    byte[] extra = {};
    String localName;
    int localMethod = -1;
    int localFlags = -1;
    long localSize = -1;
    long localCrc = -1;

    /** Distance by which the directory points beside the local header. */
    int shift;

    /** Whether the directory lists a record that is not there a second time. */
    boolean listedOnly;

    private long offset;

    byte[] content() {
      if (method == 0) {
        return data;
      }
      byte[] out = new byte[(int) size];
      Inflater inflater = new Inflater(true);
      try {
        inflater.setInput(data);
        inflater.inflate(out);
      } catch (java.util.zip.DataFormatException e) {
        throw new IllegalStateException(e);
      } finally {
        inflater.end();
      }
      return out;
    }

    /** Replaces the content, everything else being made right. */
    Entry store(byte[] content) {
      data = content;
      method = 0;
      packed = content.length;
      size = content.length;
      crc = crc(content);
      return this;
    }

    Entry deflate(byte[] content) {
      store(content);
      method = 8;
      data = ForgedZip.deflate(content);
      packed = data.length;
      return this;
    }
  }

  final List<Entry> entries = new ArrayList<>();

  /** If set, a zip64 end record and locator are written; these are its fields. */
  long[] zip64;

  /** If set, fields of the plain end record: count, size, offset. */
  long[] end;

  byte[] prefix = {};
  byte[] comment = {};
  byte[] betweenDirectoryAndEnd = {};

  static ForgedZip read(byte[] file) {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = file.length - 22;
    while (in.getInt(at) != 0x06054B50) {
      at--;
    }
    int count = in.getShort(at + 10) & 0xFFFF;
    int entry = in.getInt(at + 16);
    ForgedZip zip = new ForgedZip();
    for (int i = 0; i < count; i++) {
      Entry e = new Entry();
      int name = in.getShort(entry + 28);
      e.name = new String(file, entry + 46, name, StandardCharsets.ISO_8859_1);
      e.flags = in.getShort(entry + 8);
      e.method = in.getShort(entry + 10);
      e.crc = in.getInt(entry + 16) & 0xFFFFFFFFL;
      e.packed = in.getInt(entry + 20);
      e.size = in.getInt(entry + 24);
      int local = in.getInt(entry + 42);
      int begin = local + 30 + in.getShort(local + 26) + in.getShort(local + 28);
      e.data = java.util.Arrays.copyOfRange(file, begin, begin + (int) e.packed);
      zip.entries.add(e);
      entry += 46 + name + in.getShort(entry + 30) + in.getShort(entry + 32);
    }
    return zip;
  }

  String top() {
    String name = entries.get(0).name;
    return name.substring(0, name.indexOf('/') + 1);
  }

  /** The record of this name below the top folder. */
  Entry get(String name) {
    for (Entry entry : entries) {
      if (entry.name.equals(top() + name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** Adds a record below the top folder. */
  Entry add(String name, byte[] content) {
    return addFull((entries.isEmpty() ? "tiny/" : top()) + name, content);
  }

  Entry addFull(String name, byte[] content) {
    Entry entry = new Entry().store(content);
    entry.name = name;
    entries.add(entry);
    return entry;
  }

  ForgedZip with(Consumer<ForgedZip> change) {
    change.accept(this);
    return this;
  }

  byte[] toBytes() {
    Out out = new Out();
    out.raw(prefix);
    for (Entry e : entries) {
      if (e.listedOnly) {
        continue;
      }
      e.offset = out.size();
      byte[] name = latin(e.localName == null ? e.name : e.localName);
      out.u32(0x04034B50).u16(20).u16(e.localFlags < 0 ? e.flags : e.localFlags);
      out.u16(e.localMethod < 0 ? e.method : e.localMethod).u32(0);
      out.u32(e.localCrc < 0 ? e.crc : e.localCrc);
      out.u32(e.packed).u32(e.localSize < 0 ? e.size : e.localSize);
      out.u16(name.length).u16(0).raw(name).raw(e.data);
    }
    long begin = out.size();
    for (Entry e : entries) {
      byte[] name = latin(e.name);
      out.u32(0x02014B50).u16(20).u16(20).u16(e.flags).u16(e.method).u32(0).u32(e.crc);
      out.u32(e.packed).u32(e.size).u16(name.length).u16(e.extra.length);
      out.u16(0).u16(0).u16(0).u32(0).u32(e.offset + e.shift).raw(name).raw(e.extra);
    }
    long size = out.size() - begin;
    out.raw(betweenDirectoryAndEnd);
    long[] plain = end == null ? new long[] {entries.size(), size, begin} : end;
    if (zip64 != null) {
      long record = out.size();
      out.u32(0x06064B50).u64(44).u16(45).u16(45).u32(0).u32(0);
      out.u64(zip64[0]).u64(zip64[0]).u64(zip64[1]).u64(zip64[2]);
      out.u32(0x07064B50).u32(0).u64(record).u32(1);
    }
    out.u32(0x06054B50).u16(0).u16(0).u16((int) plain[0]).u16((int) plain[0]);
    out.u32(plain[1]).u32(plain[2]).u16(comment.length).raw(comment);
    return out.toByteArray();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(piece, 0, deflater.deflate(piece));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Little-endian numbers. */
  static final class Out extends ByteArrayOutputStream {
    Out u16(int value) {
      write(value);
      write(value >>> 8);
      return this;
    }

    Out u32(long value) {
      u16((int) value);
      return u16((int) (value >>> 16));
    }

    Out u64(long value) {
      u32(value);
      return u32(value >>> 32);
    }

    Out raw(byte[] bytes) {
      write(bytes, 0, bytes.length);
      return this;
    }
  }
}
