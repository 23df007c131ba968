// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yolotorch.ErrorCode;
import org.yolotorch.YoloException;
import org.yolotorch.internal.NativeLoader;
import org.yolotorch.internal.Natives;

class ErrorMappingTest {
  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyCodeHasItsClass(ErrorCode code) {
    YoloException error = NativeFailure.of(code.number(), "sentence");
    assertSame(code, error.code());
    assertEquals("sentence", error.getMessage());
  }

  @Test
  void everyClassHasItsOwnCode() {
    Set<ErrorCode> codes = new HashSet<>();
    Set<Class<?>> classes = new HashSet<>();
    for (ErrorCode code : ErrorCode.values()) {
      YoloException error = NativeFailure.of(code.number(), "");
      codes.add(error.code());
      classes.add(error.getClass());
    }
    assertEquals(YoloException.class.getPermittedSubclasses().length, classes.size());
    assertEquals(codes.size(), classes.size());
  }

  @Test
  void unknownNumbersAreInternal() {
    assertInstanceOf(YoloException.Internal.class, NativeFailure.of(12345, ""));
  }

  @Test
  void numbersAreThoseOfTheNativeHeader() throws IOException {
    String header = Files.readString(Path.of("native/include/yolotorch/error.h"));
    Matcher matcher = Pattern.compile("k([A-Z][A-Za-z]+) = (\\d+),").matcher(header);
    int found = 0;
    while (matcher.find()) {
      String name = matcher.group(1).replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
      assertEquals(Integer.parseInt(matcher.group(2)), ErrorCode.valueOf(name).number());
      found++;
    }
    // All but NATIVE_LIBRARY, DOWNLOAD_FAILED and INVALID_DATA, which only Java can meet.
    assertEquals(ErrorCode.values().length - 3, found);
  }

  /** Kinds of C++ exceptions, as failForTest numbers them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void everyNativeExceptionBecomesOneSentence(int kind) {
    NativeLoader.load();
    int code = Natives.failForTest(kind);
    assertTrue(code > 0, "code " + code);
    YoloException error = NativeModel.failure(-code);
    assertEquals(code, error.code().number());
    assertFalse(error.getMessage().isBlank());
    assertFalse(error.getMessage().contains("\n"), error.getMessage());
    if (kind == 3) {
      assertInstanceOf(YoloException.OutOfMemory.class, error);
    } else if (kind == 5) {
      assertInstanceOf(YoloException.Internal.class, error);
    }
  }
}
